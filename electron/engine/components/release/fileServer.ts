/** For tests of downloads: a server of one file, which can be made to misbehave. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer extends AsyncDisposable {
  readonly address: string;
  /** The Range headers that were asked with, null for none. */
  readonly ranges: (string | null)[];
}

/** `answers` in the order of the requests; the last one again and again. */
export async function fileServer(...answers: readonly Answer[]): Promise<FileServer> {
  const ranges: (string | null)[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(ranges.length, answers.length - 1)];
    ranges.push(request.headers.range ?? null);
    answer?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // It listens on a port, not on a path.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    ranges,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** As a good server does it: ranges too. */
export const whole =
  (content: Buffer): Answer =>
  ({ headers }, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    if (from > 0 && from >= content.length) return response.writeHead(416).end();
    const rest = content.subarray(from);
    const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...(from > 0 ? range : {}) });
    response.end(rest);
  };

/** Knows no ranges. */
export const withoutRanges =
  (content: Buffer): Answer =>
  (_, response) =>
    response.writeHead(200, { 'content-length': content.length }).end(content);

/** Breaks the connection after so many bytes. */
export const broken =
  (content: Buffer, after: number): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, after), () => setTimeout(() => response.destroy(), 20));
  };

/** Falls silent after so many bytes. */
export const silent =
  (content: Buffer, after: number): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, after));
  };

export const status =
  (code: number): Answer =>
  (_, response) =>
    response.writeHead(code).end();
