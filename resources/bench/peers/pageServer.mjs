// The peers' page, and a WebSocket to it for each peer's own server.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/**
 * Prints its port when it listens.
 * @param {string} folder of the built page
 * @param {(socket: import('ws').WebSocket, given: URLSearchParams) => void} onPage
 */
export function servePage(folder, onPage) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://peer').pathname);
    try {
      const body = await readFile(join(folder, path === '/' ? 'index.html' : path));
      const type = types[/** @type {keyof typeof types} */ (extname(path))] ?? 'text/html';
      response.writeHead(200, { 'Content-Type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) =>
    onPage(socket, new URL(request.url ?? '/', 'http://peer').searchParams),
  );
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    console.log(typeof address === 'object' ? address?.port : '');
  });
}
