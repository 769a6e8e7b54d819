import { duplexPair } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { FRAME_LIMIT } from '../../contract/frames.ts';
import { streamTransport } from './streamTransport.ts';

const collect = () => {
  const [near, far] = duplexPair();
  const frames: number[][] = [];
  const transport = streamTransport(far);
  transport.onFrame((frame) => frames.push([...frame]));
  return { near, far, frames, transport };
};

test('frames keep their borders, however the bytes arrive', async () => {
  const { near, frames } = collect();
  const bytes = Buffer.from([0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 1, 9]);
  for (const byte of bytes) near.write(Buffer.from([byte]));
  near.write(Buffer.concat([bytes, bytes]));
  const once = [[7, 8], [], [9]];
  await vi.waitFor(() => expect(frames).toEqual([...once, ...once, ...once]));
});

test('what is sent arrives, and what came before a listener is kept', async () => {
  const [near, far] = duplexPair();
  const one = streamTransport(near);
  const other = streamTransport(far);
  one.send(Uint8Array.of(1));
  one.send(new Uint8Array(300_000).fill(2));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const lengths: number[] = [];
  other.onFrame((frame) => lengths.push(frame.length));
  await vi.waitFor(() => expect(lengths).toEqual([1, 300_000]));
});

test('a frame over the limit ends the connection', async () => {
  const { near, transport } = collect();
  const closed = new Promise<void>((resolve) => transport.onClose(resolve));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(FRAME_LIMIT + 1);
  near.write(length);
  await closed;
});

test('the last word before a close arrives; the close is told once', async () => {
  const [near, far] = duplexPair();
  const one = streamTransport(near);
  const other = streamTransport(far);
  const frames: number[][] = [];
  other.onFrame((frame) => frames.push([...frame]));
  const closes = vi.fn();
  one.onClose(closes);
  const ended = new Promise<void>((resolve) => other.onClose(resolve));
  one.send(Uint8Array.of(5));
  one.close();
  one.close();
  await ended;
  expect(frames).toEqual([[5]]);
  expect(closes).toHaveBeenCalledOnce();
});
