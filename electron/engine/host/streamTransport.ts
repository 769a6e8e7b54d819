import type { Duplex } from 'node:stream';
import { FRAME_LIMIT } from '../../contract/frames.ts';
import type { Transport } from '../../contract/wire.ts';
import { FrameListeners } from './frameListeners.ts';

/** A client that lets more than this pile up has stopped reading: its connection is ended. Bytes. */
const BACKLOG_LIMIT = 64 * 1024 * 1024;
const LENGTH = 4;

/** Frames over a socket: a uint32 length, big endian, before each. */
export function streamTransport(stream: Duplex): Transport {
  const listeners = new FrameListeners();
  const closeListeners = new Set<() => void>();
  let closed = false;

  const end = () => {
    if (closed) return;
    closed = true;
    stream.destroy();
    for (const listener of closeListeners) listener();
  };
  const deliver = (frame: Uint8Array) => {
    if (!closed) listeners.deliver(frame);
  };

  const read = frameReader(deliver, end);
  stream.on('data', read);
  stream.on('close', end);
  stream.on('error', end);
  // The other side has said its last word; nothing is ever half open here.
  stream.on('end', end);

  return {
    send(frame) {
      if (closed) return;
      if (stream.writableLength > BACKLOG_LIMIT) return end();
      const length = Buffer.allocUnsafe(LENGTH);
      length.writeUInt32BE(frame.length);
      stream.cork();
      stream.write(length);
      stream.write(frame);
      stream.uncork();
    },
    close() {
      // What was sent before the close still arrives.
      if (closed) return;
      closed = true;
      stream.end();
      setTimeout(() => stream.destroy(), 1000).unref();
      for (const listener of closeListeners) listener();
    },
    onFrame: (listener) => listeners.add(listener),
    onClose(listener) {
      if (closed) listener();
      else closeListeners.add(listener);
    },
  };
}

/** Takes chunks as they come and gives whole frames; a frame longer than the limit is refused. */
function frameReader(deliver: (frame: Uint8Array) => void, refuse: () => void): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let length = 0;
  return (chunk) => {
    pieces.push(chunk);
    length += chunk.length;
    for (;;) {
      if (length < LENGTH) return;
      const head = pieces[0]?.length && pieces[0].length >= LENGTH ? pieces[0] : Buffer.concat(pieces);
      const size = head.readUInt32BE(0);
      if (size > FRAME_LIMIT) return refuse();
      if (length < LENGTH + size) return;
      const all = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
      const rest = all.subarray(LENGTH + size);
      pieces = rest.length > 0 ? [rest] : [];
      length = rest.length;
      deliver(all.subarray(LENGTH, LENGTH + size));
    }
  };
}
