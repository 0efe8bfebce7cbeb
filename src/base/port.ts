import { abortError, isAbort } from './abort.ts';
import { messageOf } from './log.ts';

/**
 * A typed message port: one side serves an object of `(input, signal) => output` methods, the other calls them.
 * Values are structured-cloned on every way, in process too, so that a test loses what a thread would lose.
 */

// biome-ignore lint/suspicious/noExplicitAny: the element type of any callable
type Callable = (...args: any[]) => any;

/** The calling side of an API: the same methods, all asynchronous, the signal optional. */
export type Remote<Api> = {
  readonly [K in keyof Api]: Api[K] extends Callable
    ? (input: Parameters<Api[K]>[0], signal?: AbortSignal) => Promise<Awaited<ReturnType<Api[K]>>>
    : never;
};

/** An object of listeners, called without waiting for an answer. */
type Listeners<Events> = { readonly [K in keyof Events]: Callable };

export type Message =
  | { readonly call: number; readonly method: string; readonly input: unknown }
  | { readonly cancel: number }
  | { readonly done: number; readonly output: unknown }
  | { readonly failed: number; readonly message: string; readonly aborted: boolean }
  | { readonly event: string; readonly input: unknown };

/** The part of `MessagePort`, `Worker` and `parentPort` that this module needs. */
export interface Channel {
  postMessage(message: Message, transfer?: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

/** Answers calls that come in on `channel`. `transferOf` names the memory of an answer that is moved, not copied. */
export function serve<Api extends object>(
  channel: Channel,
  api: Api,
  transferOf: (output: unknown) => readonly ArrayBuffer[] = () => [],
): void {
  const running = new Map<number, AbortController>();
  const methods = api as Record<string, Callable>;
  channel.on('message', async message => {
    if ('cancel' in message) running.get(message.cancel)?.abort();
    if (!('call' in message)) return;
    const controller = new AbortController();
    running.set(message.call, controller);
    try {
      const output = await methods[message.method]!(message.input, controller.signal);
      channel.postMessage({ done: message.call, output }, transferOf(output));
    } catch (error) {
      channel.postMessage({ failed: message.call, message: messageOf(error), aborted: isAbort(error) });
    } finally {
      running.delete(message.call);
    }
  });
}

/** Sends events to whoever listens at the other end. */
export function emitter<Events extends object>(channel: Pick<Channel, 'postMessage'>): Events {
  return new Proxy({} as Events, {
    get: (_, event: string) => (input: unknown) => channel.postMessage({ event, input }),
  });
}

export interface Connection<Api> {
  readonly remote: Remote<Api>;
  /** Rejects every open call with `reason`, and every later one. */
  fail(reason: Error): void;
}

/** Calls what `serve` answers at the other end. A call's signal is passed on; the call then settles at once. */
export function connect<Api extends object, Events extends object>(
  channel: Channel,
  listeners: Listeners<Events>,
): Connection<Api> {
  interface Open {
    resolve(output: unknown): void;
    reject(error: Error): void;
  }
  const open = new Map<number, Open>();
  let next = 1;
  let broken: Error | undefined;

  channel.on('message', message => {
    if ('event' in message) (listeners as Record<string, Callable>)[message.event]?.(message.input);
    if ('done' in message) open.get(message.done)?.resolve(message.output);
    if ('failed' in message) {
      open.get(message.failed)?.reject(message.aborted ? abortError() : new Error(message.message));
    }
  });

  const call = (method: string, input: unknown, signal?: AbortSignal) =>
    new Promise<unknown>((resolve, reject) => {
      if (broken) return reject(broken);
      if (signal?.aborted) return reject(abortError());
      const id = next++;
      const onAbort = () => {
        channel.postMessage({ cancel: id });
        settle();
        reject(abortError());
      };
      const settle = () => {
        open.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      open.set(id, {
        resolve(output) {
          settle();
          resolve(output);
        },
        reject(error) {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      channel.postMessage({ call: id, method, input });
    });

  return {
    remote: new Proxy({} as Remote<Api>, {
      // A promise would ask for `then`; a remote is not one.
      get: (_, method) =>
        typeof method === 'string' && method !== 'then'
          ? (input: unknown, signal?: AbortSignal) => call(method, input, signal)
          : undefined,
    }),
    fail(reason) {
      broken = reason;
      for (const { reject } of [...open.values()]) reject(reason);
    },
  };
}

/** The same API without a thread: called here, values cloned as a thread would clone them. */
export function inProcess<Api extends object>(api: Api): Remote<Api> {
  const methods = api as Record<string, Callable>;
  return new Proxy({} as Remote<Api>, {
    get: (_, method) =>
      typeof method === 'string' && method !== 'then'
        ? async (input: unknown, signal = new AbortController().signal) =>
            structuredClone(await methods[method]!(structuredClone(input), signal))
        : undefined,
  });
}
