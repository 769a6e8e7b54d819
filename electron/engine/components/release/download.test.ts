import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { download } from './download.ts';
import { broken, fileServer, silent, status, whole, withoutRanges } from './fileServer.ts';

const content = randomBytes(300_000);
const sha256 = createHash('sha256').update(content).digest('hex');
const never = new AbortController().signal;

let folder = '';
let target = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-download-'));
  target = join(folder, 'kubelet');
});
afterEach(() => rmSync(folder, { recursive: true }));

const get = (url: string, more: Partial<Parameters<typeof download>[0]> = {}, signal = never) =>
  download({ url, target, sha256, ...more }, signal);

test('a file is there when it is whole, and tells how far it is', async () => {
  await using server = await fileServer(whole(content));
  const told: [number, number | null][] = [];
  await get(server.address, { onBytes: (done, total) => told.push([done, total]) });
  expect(readFileSync(target).equals(content)).toBe(true);
  expect(told.at(-1)).toEqual([300_000, 300_000]);
  expect(readdirSync(folder)).toEqual(['kubelet']);
});

test('what is there already and right is not fetched again', async () => {
  writeFileSync(target, content);
  await get('http://127.0.0.1:1/');
});

test('a download goes on where an earlier one ended', async () => {
  writeFileSync(`${target}.part`, content.subarray(0, 100_000));
  await using server = await fileServer(whole(content));
  await get(server.address);
  expect(server.ranges).toEqual(['bytes=100000-']);
  expect(readFileSync(target).equals(content)).toBe(true);
});

test('a server without ranges sends it from the beginning', async () => {
  writeFileSync(`${target}.part`, content.subarray(0, 100_000));
  await using server = await fileServer(withoutRanges(content));
  await get(server.address);
  expect(readFileSync(target).equals(content)).toBe(true);
});

test('a part that has everything already is only checked', async () => {
  writeFileSync(`${target}.part`, content);
  await using server = await fileServer(whole(content));
  await get(server.address);
  expect(readFileSync(target).equals(content)).toBe(true);
});

test('a part that is something else is thrown away once', async () => {
  writeFileSync(`${target}.part`, randomBytes(100_000));
  await using server = await fileServer(whole(content));
  await get(server.address);
  expect(server.ranges).toEqual(['bytes=100000-', null]);
  expect(readFileSync(target).equals(content)).toBe(true);
});

test('a broken connection is tried anew from where it broke', async () => {
  await using server = await fileServer(broken(content, 50_000), whole(content));
  await get(server.address);
  expect(server.ranges).toEqual([null, 'bytes=50000-']);
  expect(readFileSync(target).equals(content)).toBe(true);
});

test('a server in trouble is asked again, but not for ever', async () => {
  await using server = await fileServer(status(503));
  await expect(get(server.address)).rejects.toMatchObject({
    code: 'image-failed',
    message: expect.stringContaining('503'),
  });
  expect(server.ranges.length).toBe(4);
}, 15_000);

test('a wrong checksum leaves nothing', async () => {
  await using server = await fileServer(whole(randomBytes(1000)));
  await expect(get(server.address)).rejects.toMatchObject({
    code: 'image-failed',
    message: expect.stringContaining('wrong checksum'),
    data: { expected: sha256 },
  });
  expect(server.ranges).toEqual([null]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that is not there is said at once, with what to do', async () => {
  await using server = await fileServer(status(404));
  await expect(get(server.address)).rejects.toMatchObject({
    code: 'image-failed',
    message: expect.stringContaining('no such file'),
    hint: expect.stringContaining('PATCHBAY_COMPONENTS=modules'),
  });
  expect(server.ranges).toEqual([null]);
});

test('a server that falls silent is given up, and what came is kept', async () => {
  await using server = await fileServer(silent(content, 40_000));
  await expect(get(server.address, { silence: 300 })).rejects.toMatchObject({ code: 'timeout' });
  expect(statSync(`${target}.part`).size).toBe(40_000);
});

test('one that never answers, too', async () => {
  await using server = await fileServer(() => undefined);
  await expect(get(server.address, { silence: 300 })).rejects.toMatchObject({ code: 'timeout' });
});

test('an interruption keeps what came, and the next one goes on', async () => {
  const stop = new AbortController();
  await using server = await fileServer(silent(content, 60_000), whole(content));
  const onBytes = (done: number) => done === 60_000 && stop.abort();
  await expect(get(server.address, { onBytes }, stop.signal)).rejects.toMatchObject({
    message: expect.stringContaining('interrupted'),
  });
  expect(existsSync(target)).toBe(false);
  await get(server.address);
  expect(server.ranges).toEqual([null, 'bytes=60000-']);
  expect(readFileSync(target).equals(content)).toBe(true);
});

test('nobody there', async () => {
  await expect(get('http://127.0.0.1:1/kubelet')).rejects.toMatchObject({
    code: 'image-failed',
    hint: expect.any(String),
  });
}, 15_000);
