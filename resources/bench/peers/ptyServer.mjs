// A web terminal as it is usually made: node-pty with `docker exec -it`, each of its bytes sent on as it comes.
//   node ptyServer.mjs FOLDER CONTAINER
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import pty from 'node-pty';
import { WebSocketServer } from 'ws';

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
  const shell = pty.spawn('docker', ['exec', '-it', '-e', 'TERM=xterm-256color', container, 'bash'], {
    name: 'xterm-256color',
    cols: Number(given.get('cols')),
    rows: Number(given.get('rows')),
    cwd: process.cwd(),
    env: process.env,
    encoding: null,
  });
  shell.onData((bytes) => socket.send(bytes));
  socket.on('message', (data) => shell.write(Buffer.from(String(data))));
  socket.on('close', () => shell.kill());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : '');
});
