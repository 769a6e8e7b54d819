import { expect, test } from 'vitest';
import type { Agent } from '../agent/agent.ts';
import { BUILD_NEEDS, type Room, roomInside, shortOf, shortOfRoom } from './room.ts';

const GIB = 1024 ** 3;
const roomy: Room = { memoryTotal: 8 * GIB, memoryFree: 4 * GIB, diskFree: 50 * GIB };
const cluster = { kind: 'kubernetes', nodes: 2 } as const;

test('a cluster fits a laptop with room, and hosts fit anywhere', () => {
  expect(shortOfRoom(cluster, roomy)).toBeNull();
  expect(shortOfRoom({ kind: 'hosts', nodes: 8 }, { memoryTotal: 0, memoryFree: 0, diskFree: 0 })).toBeNull();
});

test.each([
  ['all of Docker’s memory', { memoryTotal: GIB / 2 }, 'limit', 'needs 950 MiB of memory, and Docker has 512 MiB'],
  ['what is free of it', { memoryFree: 300 * 1024 ** 2 }, 'limit', 'needs 950 MiB of memory, and 300 MiB are free'],
  ['the disk', { diskFree: GIB / 4 }, 'disk-full', 'needs 1.5 GiB of disk, and 256 MiB are free'],
])('too little of %s is said with both numbers', (_, by, code, message) => {
  expect(shortOfRoom(cluster, { ...roomy, ...by })).toMatchObject({
    code,
    message: expect.stringContaining(`A cluster of 2 nodes ${message}`),
    hint: expect.any(String),
  });
});

test('what cannot be seen from here is no reason to refuse', () => {
  expect(shortOfRoom(cluster, { ...roomy, memoryFree: null, diskFree: null })).toBeNull();
});

test('a node more takes more', () => {
  const room = { ...roomy, memoryFree: GIB };
  expect(shortOfRoom({ kind: 'kubernetes', nodes: 2 }, room)).toBeNull();
  expect(shortOfRoom({ kind: 'kubernetes', nodes: 5 }, room)).toMatchObject({ code: 'limit' });
});

test('building asks for more disk than running', () => {
  expect(shortOf('Building Kubernetes', BUILD_NEEDS, { ...roomy, diskFree: 3 * GIB })).toMatchObject({
    code: 'disk-full',
    message: 'Building Kubernetes needs 10.0 GiB of disk, and 3.0 GiB are free.',
  });
});

test('is read where the containers run', async () => {
  const agentThatSays = (stdout: string) =>
    ({ run: async () => ({ exit: 0, stdout, stderr: '' }) }) as unknown as Agent; // Nothing else is asked of it.
  const said = 'MemTotal: 4096000\nMemAvailable: 1024000\nDisk: 5000000\n';
  expect(await roomInside(agentThatSays(said))).toEqual({
    memoryTotal: 4_194_304_000,
    memoryFree: 1_048_576_000,
    diskFree: 5_120_000_000,
  });
  expect(await roomInside(agentThatSays('MemTotal: 4096000\n'))).toMatchObject({ memoryFree: null, diskFree: null });
  expect(await roomInside(agentThatSays('awk: not found\n'))).toBeNull();
});
