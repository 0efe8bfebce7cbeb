/** Where words for a person go. The editor writes them to an output channel, the terminal to stderr. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };

/** One sentence for an unknown thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
