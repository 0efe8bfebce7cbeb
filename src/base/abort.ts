/** Whether an error only says that somebody changed their mind. Cancellation is normal, never a failure. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'APIUserAbortError');
}

/** The error that an aborted piece of work ends with. */
export function abortError(): Error {
  return new DOMException('This was cancelled.', 'AbortError');
}

/** Resolves after `ms`, or rejects with an abort error as soon as `signal` fires. Always settles. */
export function sleep(
  ms: number,
  signal: AbortSignal,
  after: (ms: number, run: () => void) => () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(abortError());
    const onAbort = () => {
      callOff();
      reject(abortError());
    };
    const callOff = after(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** The promise's value, or an abort error as soon as the asker has gone; the work itself goes on. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(abortError());
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortError());
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
