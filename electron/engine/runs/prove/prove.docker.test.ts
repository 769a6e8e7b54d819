import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testStateDir } from '../../../../resources/setup/test-session.mjs';
import { runs } from '../../../contract/calls.ts';
import { proofItem } from '../../../contract/pushes.ts';
import type { DockerConnection } from '../../docker/connect.ts';
import { label } from '../../docker/labels.ts';
import { reachDocker } from '../../docker/reachDocker.ts';
import { type EngineInMemory, engineInMemory } from '../../engineInMemory.ts';
import { ownerOf } from '../../owner.ts';

const stateDir = testStateDir('prove');
const mine = { [label.owner]: ownerOf(stateDir) };
let docker: DockerConnection;
let engine: EngineInMemory;

beforeAll(async () => {
  docker = await reachDocker();
  engine = await engineInMemory(stateDir);
});
afterAll(async () => {
  await engine.close();
  for (const { id } of await docker.list(mine)) await docker.remove(id);
  docker.close();
  rmSync(stateDir, { recursive: true, force: true });
});

test('a node that is removed under a proof ends it with the reason, and nothing of it stays', async () => {
  const client = engine.connect();
  let removedAt = 0;
  const leave = client.on(proofItem, async () => {
    leave();
    const node = (await docker.list(mine)).find(({ name }) => name.endsWith('-elm'));
    await docker.remove(node?.id ?? '');
    removedAt = performance.now();
  });
  const proof = await client.call(runs.prove, { lab: 'switching', seeds: [1], fresh: true });
  expect(proof.holds).toBe(false);
  expect(proof.items.at(-1)).toMatchObject({
    question: '-',
    claim: 'its environment runs',
    holds: false,
    detail: expect.stringContaining('elm'),
  });
  console.log(`ended ${Math.round(performance.now() - removedAt)} ms after the node was gone`);
  // Far below the deadline of a single command, of which there would be dozens.
  expect(performance.now() - removedAt).toBeLessThan(25_000);
  expect((await docker.list(mine)).filter(({ name }) => name.includes('switching'))).toEqual([]);
}, 180_000);
