import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { docker as dockerCalls, runs } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import { ClientShell } from './clientShell.ts';
import { connectDocker } from './docker/connect.ts';
import { daemonPlaces } from './docker/daemonPlaces.ts';
import { findEndpoint } from './docker/findEndpoint.ts';
import { prepareImages } from './docker/images/prepareImages.ts';
import { imageReference } from './docker/images/table.ts';
import { ownEndpoint, startOwnDaemon, stopOwnDaemonIfUnused, whyNoOwnDaemon } from './docker/ownDaemon.ts';
import { reachDocker } from './docker/reachDocker.ts';
import { type EngineInMemory, engineInMemory } from './engineInMemory.ts';
import { isRunning, untilRun } from './untilRun.ts';

/** A Docker Engine of the test's own, to be ended and started again: nobody else's containers are on it. */
const folder = mkdtempSync(join(tmpdir(), 'patchbay-restart-'));
const stateDir = join(folder, 'state');
const places = daemonPlaces(folder);
const address = await findEndpoint().then(
  (found) => found.address,
  () => '',
);
const can = whyNoOwnDaemon() === null && address.startsWith('unix://');
let engine: EngineInMemory;
let client: Client;

/** The image as a tar, from the engine that has it. */
const savedImage = (): Promise<Readable> =>
  new Promise((resolve, reject) => {
    const path = `/images/${encodeURIComponent(imageReference('host'))}/get`;
    request({ socketPath: address.slice('unix://'.length), path }, (answer) => {
      if (answer.statusCode === 200) resolve(answer);
      else reject(new Error(`The image could not be saved: ${answer.statusCode}`));
    })
      .once('error', reject)
      .end();
  });

beforeAll(async () => {
  if (!can) return;
  const first = await reachDocker();
  await prepareImages(first, () => undefined);
  first.close();
  const docker = await connectDocker(await startOwnDaemon(places));
  await docker.images.load(await savedImage(), () => undefined, new AbortController().signal);
  docker.close();
  vi.stubEnv('DOCKER_HOST', ownEndpoint(places).address);
  engine = await engineInMemory(stateDir);
  client = engine.connect();
  await client.call(dockerCalls.prepare, {});
  writeFileSync(join(stateDir, 'settings.json'), JSON.stringify({ pool: 0, clusters: 'when-started' }));
});

afterAll(async () => {
  await engine?.close();
  vi.unstubAllEnvs();
  if (can) await stopOwnDaemonIfUnused(0, places);
  rmSync(folder, { recursive: true, force: true });
  rmSync(dirname(places.lock), { recursive: true, force: true });
});

test.skipIf(!can)(
  'Docker is started again: the run is there with its links, answers and terminals, which say what happened',
  async () => {
    const { id } = await client.call(runs.start, { lab: 'switching', seed: 7, attempt: 'start' });
    await untilRun(client, id, isRunning);
    const answer = await client.call(runs.answer, { run: id, question: 'mac', value: 'x', attempt: 'a' });
    const elm = await ClientShell.open(client, id, 'elm');
    await elm.ask('hostname');

    const missing = untilRun(
      client,
      id,
      ({ environment }) => environment.state === 'degraded' && environment.error.code === 'docker-missing',
    );
    await stopOwnDaemonIfUnused(0, places);
    await missing;
    // Nothing to read is no wrong answer.
    const { outcomes } = await client.call(runs.check, { run: id, question: 'wake', attempt: 'w' });
    expect(outcomes[0]).toMatchObject({ verdict: 'error', message: expect.stringContaining('Docker') });

    await startOwnDaemon(places);
    await untilRun(client, id, isRunning);
    expect(await client.call(runs.answer, { run: id, question: 'mac', value: 'x', attempt: 'a' })).toEqual(answer);
    expect(await client.call(runs.check, { run: id, question: 'wake', attempt: 'w2' })).toMatchObject({
      outcomes: [{ verdict: 'fail' }],
    });
    await elm.until(/elm was started again/);
    expect(await elm.ask('ip -br link show eth0')).toContain('DOWN');
    // The link is a real one again: its tick comes by itself.
    const ticked = untilRun(client, id, ({ questions }) =>
      questions.some((it) => it.kind === 'task' && it.id === 'wake' && it.checks[0]?.holds === true),
    );
    elm.type('ip link set eth0 up\r');
    await ticked;
  },
);
