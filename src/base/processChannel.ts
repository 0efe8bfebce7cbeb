import type { Channel, Message } from './port.ts';

/** The part of a child process, and of the process that is one, that this module needs. */
interface Peer {
  send?(message: unknown, done?: (error: Error | null) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** A message port between a process and its child. What cannot be sent any more is answered by the other's exit. */
export const processChannel = (peer: Peer): Channel => ({
  postMessage: message => void peer.send?.(message, () => {}),
  on: (event, listener) => peer.on(event, message => listener(message as Message)),
});
