import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Something that goes wrong while a file is sent. */
export interface Mishap {
  /** Closes the connection after so many bytes, this many times. */
  breakOff?: { readonly after: number; times: number };
  /** Sends other bytes than the checksum says. */
  spoil?: boolean;
}

/**
 * A server that publishes files as the Hugging Face hub does: `/<owner>/<name>/resolve/<revision>/<file>`; large files
 * are redirected to another place, with their SHA-256 and size told before.
 */
export async function openHub(files: Readonly<Record<string, Uint8Array | string>>, mishap: Mishap = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}${request.headers.range ? ` ${request.headers.range}` : ''}`);
    const path = request.url!.replace(/^\/cdn\//, '/');
    const content = files[path];
    if (content === undefined) return void response.writeHead(404).end();
    const bytes = Buffer.from(content);
    const isLarge = path.endsWith('.onnx');
    if (isLarge && !request.url!.startsWith('/cdn/')) {
      response.writeHead(302, {
        location: `/cdn${path}`,
        'x-linked-etag': `"${createHash('sha256').update(bytes).digest('hex')}"`,
        'x-linked-size': String(bytes.length),
      });
      return void response.end();
    }
    send(request, response, bytes, mishap);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function send(request: IncomingMessage, response: ServerResponse, whole: Buffer, mishap: Mishap): void {
  const blob = createHash('sha1').update(`blob ${whole.length}\0`).update(whole).digest('hex');
  const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const bytes = Buffer.from(whole.subarray(start));
  if (mishap.spoil) bytes[bytes.length - 1]! ^= 1;
  response.writeHead(start > 0 ? 206 : 200, { etag: `"${blob}"`, 'content-length': bytes.length });
  if (request.method === 'HEAD') return void response.end();
  const { breakOff } = mishap;
  if (breakOff && breakOff.times > 0 && bytes.length > breakOff.after) {
    breakOff.times--;
    response.write(bytes.subarray(0, breakOff.after), () => setTimeout(() => response.destroy(), 50));
    return;
  }
  response.end(bytes);
}
