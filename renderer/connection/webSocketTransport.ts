import type { Transport } from '../../electron/contract/wire.ts';

/** Where nobody answers and nobody refuses, the way is taken to be closed. Milliseconds. */
const PATIENCE = 2000;

/**
 * The browser shell's transport: one WebSocket, straight to the engine where the shell offers that and this browser can reach it (through a tunnel
 * it cannot), otherwise to where the page came from. Rejects when neither can be opened.
 */
export async function openWebSocket(page: Pick<Location, 'protocol' | 'host'> = location): Promise<Transport> {
  const straight = await straightAddress();
  const socket = (straight && (await opened(straight).catch(() => null))) || (await opened(socketAddress(page)));
  return transportOver(socket);
}

/** `ws` for a page over http, `wss` for one over https. */
export const socketAddress = (page: { protocol: string; host: string }): string =>
  `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/socket`;

/** Good once, for a few seconds; null where there is none. */
async function straightAddress(): Promise<string | null> {
  const answer = await fetch('/door', { method: 'POST' });
  return answer.status === 200 ? answer.text() : null;
}

function opened(address: string): Promise<WebSocket> {
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.close(), PATIENCE);
    socket.onclose = () => {
      clearTimeout(timer);
      reject(new Error(`no connection to ${address}`));
    };
    socket.onopen = () => {
      clearTimeout(timer);
      resolve(socket);
    };
  });
}

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
