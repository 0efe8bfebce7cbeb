// An engine that never comes up.
process.exit(7);
