import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openWebSocket } from './webSocketTransport.ts';

const page = { protocol: 'http:', host: '127.0.0.1:4817' };
const straight = 'ws://127.0.0.1:5000/socket?ticket=x';
const through = 'ws://127.0.0.1:4817/socket';

/** As the browser's, as far as it is needed: opens or fails by the table, or does neither. */
let ends: Record<string, 'opens' | 'fails' | 'hangs'>;
let tried: string[];

class SocketDouble {
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  readyState = 0;
  onopen = () => {};
  onclose = () => {};

  constructor(address: string) {
    tried.push(address);
    const end = ends[address];
    if (end === 'opens') queueMicrotask(() => this.onopen());
    if (end === 'fails') queueMicrotask(() => this.onclose());
  }

  close(): void {
    queueMicrotask(() => this.onclose());
  }
}

const offers = (status: number, address = '') =>
  vi.stubGlobal('fetch', async (path: string, { method }: { method: string }) => {
    if (path !== '/door' || method !== 'POST') throw new Error(`${method} ${path}`);
    return { status, text: async () => address };
  });

beforeEach(() => {
  tried = [];
  ends = { [straight]: 'opens', [through]: 'opens' };
  vi.stubGlobal('WebSocket', SocketDouble);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('straight to the engine where the shell offers that', async () => {
  offers(200, straight);
  await openWebSocket(page);
  expect(tried).toEqual([straight]);
});

test('through the shell where it offers nothing', async () => {
  offers(204);
  await openWebSocket(page);
  expect(tried).toEqual([through]);
});

test.each(['fails', 'hangs'] as const)('through the shell where the straight way %s', async (end) => {
  vi.useFakeTimers();
  offers(200, straight);
  ends[straight] = end;
  const transport = openWebSocket(page);
  await vi.advanceTimersByTimeAsync(2000);
  await transport;
  expect(tried).toEqual([straight, through]);
});

test('where neither opens, there is no connection', async () => {
  offers(200, straight);
  ends = { [straight]: 'fails', [through]: 'fails' };
  await expect(openWebSocket(page)).rejects.toThrow(through);
});
