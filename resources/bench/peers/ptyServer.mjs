// A web terminal as the documentation of node-pty and xterm shows it: `docker exec -it`, each string of its output sent on as it comes.
//   node ptyServer.mjs FOLDER CONTAINER
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import pty from 'node-pty';
import { WebSocketServer } from 'ws';

/** Strings, which are its default; our own declaration of it knows only the bytes that our terminals ask for. */
const spawn = /** @type {(file: string, args: string[], options: object) => {
onData(take: (text: string) => void): void, write(text: string): void, kill(): void }} */ (
  /** @type {unknown} */ (pty.spawn)
);

const [folder = '', container = ''] = process.argv.slice(2);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

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
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) => {
  const given = new URL(request.url ?? '/', 'http://peer').searchParams;
  const shell = spawn('docker', ['exec', '-it', '-e', 'TERM=xterm-256color', container, 'bash'], {
    name: 'xterm-256color',
    cols: Number(given.get('cols')),
    rows: Number(given.get('rows')),
    cwd: process.cwd(),
    env: process.env,
  });
  shell.onData((text) => socket.send(text));
  socket.on('message', (data) => shell.write(String(data)));
  socket.on('close', () => shell.kill());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : '');
});
