/**
 * What goes over every transport: one binary frame, `[channel: uint32, big endian][payload]`.
 *
 * Channel 0 carries control messages (JSON in UTF-8). Channel 1 carries acknowledgements of terminal bytes:
 * `[channel: uint32][bytes: uint32]`. Every other channel is one terminal, its bytes untouched in both directions.
 * A MessagePort and a WebSocket keep the frame's borders; a stream socket puts a uint32 length before each.
 */
export const CONTROL = 0;
export const ACK = 1;
export const FIRST_TERMINAL_CHANNEL = 16;

/** A frame longer than this is refused and its connection closed. Bytes. */
export const FRAME_LIMIT = 8 * 1024 * 1024;

export interface Frame {
  readonly channel: number;
  readonly payload: Uint8Array;
}

export const encodeFrame = (channel: number, payload: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(4 + payload.length);
  new DataView(frame.buffer).setUint32(0, channel);
  frame.set(payload, 4);
  return frame;
};

/** Null when the bytes are no frame. The payload is a view on the same memory. */
export const decodeFrame = (bytes: Uint8Array): Frame | null => {
  if (bytes.length < 4 || bytes.length > FRAME_LIMIT) return null;
  const channel = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0);
  return { channel, payload: bytes.subarray(4) };
};

export const encodeAck = (channel: number, bytes: number): Uint8Array => {
  const payload = new Uint8Array(8);
  const view = new DataView(payload.buffer);
  view.setUint32(0, channel);
  view.setUint32(4, bytes);
  return encodeFrame(ACK, payload);
};

export const decodeAck = (payload: Uint8Array): { channel: number; bytes: number } | null => {
  if (payload.length !== 8) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, 8);
  return { channel: view.getUint32(0), bytes: view.getUint32(4) };
};
