import type { Transport } from '../../electron/contract/wire.ts';

const WANT = 'patchbay:want-port';
const HERE = 'patchbay:port';

/** How long the desktop shell may take to hand a port over, for instance while it starts a dead engine again. */
const PATIENCE_MS = 15_000;

/** The desktop shell's transport: asks the preload for a MessagePort to the engine. Rejects when none comes in time. */
export function openPort(): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      window.removeEventListener('message', take);
      settle();
    };
    const take = (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      if (event.data === HERE && port) end(() => resolve(transportOver(port)));
    };
    const timer = setTimeout(() => end(() => reject(new Error('the engine gave no port'))), PATIENCE_MS);
    window.addEventListener('message', take);
    window.postMessage(WANT, '*');
  });
}

function transportOver(port: MessagePort): Transport {
  let closed = false;
  let closeListener = () => {};
  const end = () => {
    if (closed) return;
    closed = true;
    window.removeEventListener('message', replaced);
    port.close();
    closeListener();
  };
  // A port that comes unasked belongs to an engine that was started again: the old one is dead.
  const replaced = (event: MessageEvent<unknown>) => {
    if (event.data === HERE && !event.ports.includes(port)) end();
  };
  window.addEventListener('message', replaced);
  port.addEventListener('close', end);
  return {
    send: (frame) => port.postMessage(frame),
    close: end,
    onFrame: (listener) => {
      port.onmessage = (event: MessageEvent<unknown>) => {
        if (event.data instanceof Uint8Array) listener(event.data);
      };
    },
    onClose: (listener) => {
      closeListener = listener;
    },
  };
}
