import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testStateDir } from '../../../../resources/setup/test-session.mjs';
import { drawFor } from '../../catalog/random.ts';
import type { DockerConnection } from '../../docker/connect.ts';
import { label } from '../../docker/labels.ts';
import { reachDocker } from '../../docker/reachDocker.ts';
import { ownerOf } from '../../owner.ts';
import { productRoot } from '../../root.ts';
import { foldAll } from './findings.ts';
import { type Kill, killLoop } from './killLoop.ts';

/** A few in every test run, each at another moment; `npm run soak` makes it fifty. */
const kills = process.env.npm_lifecycle_event === 'soak' ? 50 : 5;
const seed = Date.now() % 2 ** 32;
const pool = 2;

const stateDir = testStateDir('kills');
const owner = ownerOf(stateDir);
let docker: DockerConnection;

beforeAll(async () => {
  // The engine that is killed is the built one.
  execFileSync(process.execPath, [join(productRoot(), 'resources', 'build', 'build.mjs')], { stdio: 'ignore' });
  writeFileSync(join(stateDir, 'settings.json'), JSON.stringify({ pool, clusters: 'when-started' }));
  docker = await reachDocker();
});

afterAll(async () => {
  for (const { id } of await docker.list({ [label.owner]: owner })) await docker.remove(id);
  docker.close();
  rmSync(stateDir, { recursive: true, force: true });
});

const line = ({ moment, after, acknowledged, back, problems }: Kill, n: number) =>
  [
    String(n).padStart(3),
    moment.padEnd(9),
    `${after} ms`.padStart(8),
    (acknowledged ? 'acknowledged' : 'cut off').padEnd(13),
    `back in ${back} ms`.padEnd(17),
    problems.join('; ') || 'all there',
  ].join('  ');

test(`${kills} kills in the middle of everything: nothing acknowledged is lost, nothing counts twice`, {
  timeout: kills * 30_000,
}, async () => {
  const draw = drawFor(seed, 'kills', 'moment');
  const random = () => draw.below(1_000_000) / 1_000_000;
  let n = 0;
  const told = (kill: Kill) => console.log(line(kill, ++n));
  const found = await killLoop({ docker, stateDir, owner, pool, kills, random, told });
  const backs = found.map(({ back }) => back).sort((a, b) => a - b);
  console.log(
    `seed ${seed}: ${found.length} kills, back in ${backs[backs.length >> 1]} ms (median), ${backs.at(-1)} ms (worst)`,
  );
  expect(found.flatMap(({ problems }) => problems)).toEqual([]);
  expect(foldAll(stateDir).length).toBeGreaterThan(0);
});
