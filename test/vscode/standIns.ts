/**
 * Two native modules of VS Code's server are compiled when it is installed, which needs a compiler. The tests do
 * without one, so they put these in their place.
 */

/** Writes VS Code's logs. With none, output channels stay empty and every log file is an error. */
export const standInForSpdlog = `
const fs = require('fs');
const path = require('path');

class Logger {
  constructor(type, name, file) {
    this.level = 2;
    this.bare = false;
    this.file = file;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, '');
  }
  write(level, label, message) {
    if (level < this.level) return;
    const head = this.bare ? '' : new Date().toISOString().replace('T', ' ').replace('Z', '') + ' [' + label + '] ';
    const line = head + message;
    // A test removes its data folder while the last lines are still being written.
    try { fs.appendFileSync(this.file, this.bare ? line : line + '\\n'); } catch {}
  }
  trace(message) { this.write(0, 'trace', message); }
  debug(message) { this.write(1, 'debug', message); }
  info(message) { this.write(2, 'info', message); }
  warn(message) { this.write(3, 'warning', message); }
  error(message) { this.write(4, 'error', message); }
  critical(message) { this.write(5, 'critical', message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.bare = true; }
  flush() {}
  drop() {}
}

exports.Logger = Logger;
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
`;

/** Ends a process whose parent died. The tests end whole process groups instead. */
export const standInForWatchdog = `
exports.start = () => {};
exports.exit = code => process.exit(code ?? 0);
`;
