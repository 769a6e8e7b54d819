import type { WebSocket } from 'ws';
import type { Transport } from '../contract/wire.ts';

/** A page that lets more than this pile up has stopped reading: its connection is ended. Bytes. */
const BACKLOG_LIMIT = 64 * 1024 * 1024;

/** A page in a browser. Frames are binary messages; anything else ends the connection. */
export function webSocketTransport(socket: WebSocket): Transport {
  const frameListeners = new Set<(frame: Uint8Array) => void>();
  let early: Uint8Array[] = [];
  socket.on('message', (data, binary) => {
    if (!binary || !Buffer.isBuffer(data)) return socket.terminate();
    if (frameListeners.size === 0) early.push(data);
    for (const listener of frameListeners) listener(data);
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
    onFrame(listener) {
      frameListeners.add(listener);
      const waiting = early;
      early = [];
      for (const frame of waiting) listener(frame);
    },
    onClose(listener) {
      if (socket.readyState === socket.CLOSED) listener();
      else socket.once('close', () => listener());
    },
  };
}
