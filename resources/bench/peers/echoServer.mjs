// No shell at all: each key comes straight back. What is left is the browser: key, WebSocket, xterm, picture.
//   node echoServer.mjs FOLDER
import { servePage } from './pageServer.mjs';

const PROMPT = '$ ';
const CTRL_U = '\x15';

servePage(process.argv[2] ?? '', (socket) => {
  socket.send(PROMPT);
  socket.on('message', (data) => {
    const typed = String(data);
    socket.send(typed === CTRL_U ? `\r\x1b[K${PROMPT}` : typed);
  });
});
