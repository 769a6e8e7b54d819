import type { WebSocket } from 'ws';
import type { Transport } from '../../contract/wire.ts';
import { FrameListeners } from './frameListeners.ts';

/** A page that lets more than this pile up has stopped reading: its connection is ended. Bytes. */
const BACKLOG_LIMIT = 64 * 1024 * 1024;

/** A page in a browser. Frames are binary messages; anything else ends the connection. */
export function webSocketTransport(socket: WebSocket): Transport {
  const listeners = new FrameListeners();
  socket.on('message', (data, binary) => {
    if (!binary || !Buffer.isBuffer(data)) return socket.terminate();
    listeners.deliver(data);
  });
  // A close follows each error and is what counts.
  socket.on('error', () => socket.terminate());
  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > BACKLOG_LIMIT) return socket.terminate();
      socket.send(frame, { binary: true });
    },
    close: () => socket.close(),
    onFrame: (listener) => listeners.add(listener),
    onClose(listener) {
      if (socket.readyState === socket.CLOSED) listener();
      else socket.once('close', () => listener());
    },
  };
}
