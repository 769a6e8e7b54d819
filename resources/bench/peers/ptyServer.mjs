// A web terminal as the documentation of node-pty and xterm shows it: `docker exec -it`, each string of its output sent on as it comes.
//   node ptyServer.mjs FOLDER CONTAINER
import pty from 'node-pty';
import { servePage } from './pageServer.mjs';

/** Strings, which are its default; our own declaration of it knows only the bytes that our terminals ask for. */
const spawn = /** @type {(file: string, args: string[], options: object) => {
onData(take: (text: string) => void): void, write(text: string): void, kill(): void }} */ (
  /** @type {unknown} */ (pty.spawn)
);

const [folder = '', container = ''] = process.argv.slice(2);

servePage(folder, (socket, given) => {
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
