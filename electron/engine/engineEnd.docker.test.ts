import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testStateDir } from '../../resources/setup/test-session.mjs';
import { docker as dockerCalls, runs } from '../contract/calls.ts';
import type { DockerConnection } from './docker/connect.ts';
import { label } from './docker/labels.ts';
import { reachDocker } from './docker/reachDocker.ts';
import { engineInMemory } from './engineInMemory.ts';
import { ownerOf } from './owner.ts';

const stateDir = testStateDir('end');
const mine = { [label.owner]: ownerOf(stateDir) };
let docker: DockerConnection;

beforeAll(async () => {
  docker = await reachDocker();
});
afterAll(async () => {
  for (const { id } of await docker.list(mine)) await docker.remove(id);
  docker.close();
  rmSync(stateDir, { recursive: true, force: true });
});

/** What was asked of Docker before the end may still come true after it. */
const left = async () => {
  await delay(500);
  return (await docker.list(mine)).map(({ name }) => name);
};

test.each([0, 100, 400, 900, 1700])(
  'an engine that ends %i ms after it was ready leaves no container',
  async (later) => {
    const engine = await engineInMemory(stateDir);
    await engine.connect().call(dockerCalls.prepare, {});
    await delay(later);
    await engine.close();
    expect(await left()).toEqual([]);
  },
);

test('after a clean-up nothing is made again, also when Docker is ready only then', async () => {
  const engine = await engineInMemory(stateDir);
  const client = engine.connect();
  await client.call(dockerCalls.clean, {});
  const { nodes } = await client.call(dockerCalls.prepare, {});
  expect(nodes.standby).toBe(0);
  await delay(1000);
  expect((await docker.list({ ...mine, [label.role]: 'node' })).map(({ name }) => name)).toEqual([]);
  await engine.close();
  expect(await left()).toEqual([]);
});

test('a clean-up in the middle of a start takes the run with it', async () => {
  const engine = await engineInMemory(stateDir);
  const client = engine.connect();
  await client.call(runs.start, { lab: 'switching', seed: 7, attempt: 'cleaned' });
  await client.call(dockerCalls.clean, {});
  await engine.close();
  expect(await left()).toEqual([]);
});

test('an engine that ends in the middle of a start leaves the run alone, and the next one takes it up', async () => {
  const engine = await engineInMemory(stateDir);
  const { id } = await engine.connect().call(runs.start, { lab: 'switching', seed: 7, attempt: 'taken up' });
  await engine.close();
  expect((await left()).filter((name) => !name.startsWith(`patchbay-${id}-`))).toEqual([]);
  const next = await engineInMemory(stateDir);
  const client = next.connect();
  expect((await client.call(runs.ready, { run: id })).environment.state).toBe('running');
  await client.call(dockerCalls.clean, {});
  await next.close();
  expect(await left()).toEqual([]);
});
