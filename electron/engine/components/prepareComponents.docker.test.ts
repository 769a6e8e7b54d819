import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testOwner } from '../../../resources/setup/test-session.mjs';
import type { Step } from '../../contract/models/progress.ts';
import { connectDocker, type DockerConnection } from '../docker/connect.ts';
import { findEndpoint } from '../docker/findEndpoint.ts';
import { label } from '../docker/labels.ts';
import { prepareComponents } from './prepareComponents.ts';

const owner = testOwner('components');
const ours = { [label.owner]: owner };
const never = new AbortController().signal;
let docker: DockerConnection;
let cache = '';

/** The smallest component, compiled. */
const prepare = (onSteps: (steps: Step[]) => void, signal: AbortSignal, environment: NodeJS.ProcessEnv = {}) =>
  prepareComponents(docker, onSteps, signal, {
    cache,
    owner,
    only: ['flannel-cni'],
    environment: { ...process.env, PATCHBAY_COMPONENTS: 'modules', ...environment },
  });
const detailOf = (steps: readonly Step[], id: string) => steps.find((step) => step.id === id)?.detail ?? '';

beforeAll(async () => {
  docker = await connectDocker(await findEndpoint());
  cache = mkdtempSync(join(tmpdir(), 'patchbay-components-'));
});

afterAll(async () => {
  for (const { id } of await docker.list(ours)) await docker.remove(id);
  for (const volume of await docker.housekeeping.volumes(ours)) await docker.housekeeping.removeVolume(volume);
  rmSync(cache, { recursive: true });
  docker.close();
});

test('a proxy that is not there is said, and leaves no container', async () => {
  const failed = prepare(() => undefined, never, { GOPROXY: 'http://127.0.0.1:1' });
  await expect(failed).rejects.toMatchObject({ code: 'image-failed', hint: expect.stringContaining('GOPROXY') });
  expect(await docker.list(ours)).toEqual([]);
}, 300_000);

test('a proxy that sends something else is found out', async () => {
  const server = createServer((_, response) => response.end('something else')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // It listens on a port, not on a path.
  const { port } = server.address() as AddressInfo;
  const failed = prepare(() => undefined, never, { GOPROXY: `http://127.0.0.1:${port}`, no_proxy: '127.0.0.1' });
  await expect(failed).rejects.toMatchObject({ message: expect.stringContaining('not what is pinned') });
  server.close();
});

test('an interrupted compile leaves nothing half-made, and goes on from where it was', async () => {
  const stop = new AbortController();
  const interrupted = prepare((steps) => {
    const [, done] = /^(\d+) of \d+ packages/.exec(detailOf(steps, 'flannel-cni')) ?? [];
    if (Number(done) > 40) stop.abort();
  }, stop.signal);
  await expect(interrupted).rejects.toMatchObject({ message: expect.stringContaining('interrupted') });
  expect(await docker.list(ours)).toEqual([]);
  expect(await docker.housekeeping.volumes(ours)).toHaveLength(1);
  expect(readdirSync(cache, { recursive: true }).filter((it) => String(it).endsWith('flannel'))).toEqual([]);

  const told: string[] = [];
  await prepare((steps) => told.push(detailOf(steps, 'compiler'), detailOf(steps, 'flannel-cni')), never);
  expect(told.filter((it) => it.startsWith('fetching Go'))).toEqual([]);
  const first = told.find((it) => /packages|linking/.test(it)) ?? '';
  expect(Number(/^\d+/.exec(first)?.[0] ?? 93)).toBeGreaterThan(30);
  // Gigabytes, with everything in it.
  expect(await docker.housekeeping.volumes(ours)).toEqual([]);
  expect(await docker.list(ours)).toEqual([]);

  const [made = ''] = readdirSync(join(cache, 'parts'));
  const binary = join(cache, 'parts', made, 'flannel');
  expect(existsSync(binary)).toBe(true);
  if (process.platform === 'linux') {
    const { stdout } = await execa(binary, { env: { CNI_COMMAND: 'VERSION' }, input: '' });
    expect(JSON.parse(stdout)).toMatchObject({ supportedVersions: expect.arrayContaining(['0.4.0']) });
  }
}, 600_000);

test('what is there is not made again', async () => {
  const told: Step[][] = [];
  const began = performance.now();
  await prepare((steps) => told.push(steps), never);
  expect(told).toEqual([]);
  expect(performance.now() - began).toBeLessThan(2000);
});
