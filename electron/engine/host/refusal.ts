import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Why somebody who asks over HTTP is not let in. */
export type Refusal = { readonly status: 401 | 403 | 404 | 421; readonly says: string };

export const notHere: Refusal = { status: 404, says: 'There is nothing here.' };

const names = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 421: 'Misdirected Request' };

/** The answer to a WebSocket that is not let in. */
export function refuseUpgrade(socket: Duplex, { status, says }: Refusal): void {
  const head = [`HTTP/1.1 ${status} ${names[status]}`, 'Connection: close', 'Content-Type: text/plain; charset=utf-8'];
  socket.end(`${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(says)}\r\n\r\n${says}`);
}

/** What was asked for, by a URL that needs no name. */
export const addressOf = (request: IncomingMessage): URL => new URL(request.url ?? '/', 'http://loopback');
