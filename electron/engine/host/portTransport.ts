import type { Transport } from '../../contract/wire.ts';

/** What Electron's MessagePortMain and Node's MessagePort have in common, as far as it is needed here. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** A page in the desktop shell. Its port keeps the frames' borders. */
export function portTransport(port: Port): Transport {
  const frameListeners = new Set<(frame: Uint8Array) => void>();
  const closeListeners = new Set<() => void>();
  let started = false;
  let closed = false;
  const end = () => {
    if (closed) return;
    closed = true;
    port.close();
    for (const listener of closeListeners) listener();
  };
  port.on('message', ({ data }) => {
    if (closed) return;
    const frame = data instanceof Uint8Array ? data : data instanceof ArrayBuffer ? new Uint8Array(data) : null;
    if (!frame) return end();
    for (const listener of frameListeners) listener(frame);
  });
  port.on('close', end);
  return {
    send(frame) {
      if (!closed) port.postMessage(frame);
    },
    close: end,
    onFrame(listener) {
      frameListeners.add(listener);
      // The port keeps what came before.
      if (!started) port.start();
      started = true;
    },
    onClose(listener) {
      if (closed) listener();
      else closeListeners.add(listener);
    },
  };
}
