import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**'],
    environment: 'node',
    // Some tests start processes and threads, and machines are shared.
    testTimeout: 120_000,
    hookTimeout: 30_000,
  },
});
