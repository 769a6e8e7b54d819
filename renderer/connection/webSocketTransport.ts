import type { Transport } from '../../electron/contract/wire.ts';

/** The browser shell's transport: one WebSocket to where the page came from. Rejects when it cannot be opened. */
export function openWebSocket(address = socketAddress(location)): Promise<Transport> {
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    socket.onclose = () => reject(new Error(`no connection to ${address}`));
    socket.onopen = () => resolve(transportOver(socket));
  });
}

/** `ws` for a page over http, `wss` for one over https. */
export const socketAddress = (page: { protocol: string; host: string }): string =>
  `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/socket`;

function transportOver(socket: WebSocket): Transport {
  return {
    send: (frame) => {
      // A socket that is closing drops what it is given; the close tells the client.
      if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(frame));
    },
    close: () => socket.close(),
    onFrame: (listener) => {
      socket.onmessage = (event: MessageEvent<unknown>) => {
        if (event.data instanceof ArrayBuffer) listener(new Uint8Array(event.data));
      };
    },
    onClose: (listener) => {
      socket.onclose = () => listener();
      if (socket.readyState === WebSocket.CLOSED) listener();
    },
  };
}
