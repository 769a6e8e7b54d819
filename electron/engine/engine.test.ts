import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catalog, docker, runs, terminals } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import { type EngineInMemory, engineInMemory } from './engineInMemory.ts';

let folder: string;
let engine: EngineInMemory | null;
let server: Server | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-nodocker-'));
  engine = null;
  server = null;
});
afterEach(async () => {
  await engine?.close();
  server?.closeAllConnections();
  server?.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const connected = async (): Promise<Client> => {
  vi.stubEnv('DOCKER_HOST', `unix://${join(folder, 'docker.sock')}`);
  engine = await engineInMemory(join(folder, 'state'));
  return engine.connect();
};
/** Something that answers on Docker's socket as this version would, or (null) never. */
const answering = (version: string | null) =>
  new Promise<void>((resolve) => {
    server = createServer((_, response) => {
      if (version === null) return;
      response.setHeader('content-type', 'application/json');
      response.setHeader('api-version', '1.40');
      response.end(JSON.stringify({ Version: version, ApiVersion: '1.40', MinAPIVersion: '1.12' }));
    }).listen(join(folder, 'docker.sock'), resolve);
  });
const start = async (client: Client) => {
  const { id } = await client.call(runs.start, { lab: 'switching', seed: 7, attempt: 'start' });
  return client.call(runs.ready, { run: id });
};

test('without Docker the catalog is there and says why nothing can be started; a run says it too, and keeps what is answered', async () => {
  const client = await connected();
  const missing = { code: 'docker-missing', hint: expect.stringContaining('unset DOCKER_HOST') };
  await expect(client.call(docker.prepare, {})).rejects.toMatchObject(missing);
  expect((await client.call(docker.status, {})).docker).toMatchObject({ state: 'missing', error: missing });
  const { labs } = await client.call(catalog.labs, {});
  const switching = labs.find(({ id }) => id === 'switching');
  expect(switching).toMatchObject({ availability: { state: 'unavailable', hint: missing.hint } });

  const view = await start(client);
  expect(view.environment).toMatchObject({ state: 'failed', error: missing });
  const run = view.id;
  const answer = await client.call(runs.answer, { run, question: 'mac', value: 'x', attempt: 'a' });
  expect(answer).toMatchObject({ verdict: 'error', message: expect.stringContaining('DOCKER_HOST') });
  await expect(client.call(terminals.open, { run, node: 'oak', cols: 80, rows: 24 })).rejects.toMatchObject(missing);
  await expect(client.call(docker.clean, {}))
    .resolves.toBeDefined()
    .catch(() => undefined);
});

test('a Docker that is too old is named, with what is needed', async () => {
  await answering('19.03.15');
  const client = await connected();
  const old = { code: 'docker-too-old', hint: expect.stringContaining('20.10') };
  await expect(client.call(docker.prepare, {})).rejects.toMatchObject(old);
  expect((await start(client)).environment).toMatchObject({ state: 'failed', error: old });
});

test('while Docker hangs the engine answers, and ends when it is told to', async () => {
  await answering(null);
  const client = await connected();
  expect((await client.call(docker.status, {})).docker).toEqual({ state: 'connecting' });
  const view = await client.call(runs.start, { lab: 'switching', seed: 7, attempt: 'start' });
  expect(view.environment.state).toBe('starting');
  const began = performance.now();
  await engine?.close();
  engine = null;
  expect(performance.now() - began).toBeLessThan(10_000);
}, 30_000);
