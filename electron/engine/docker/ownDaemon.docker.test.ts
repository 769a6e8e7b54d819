import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { connectDocker } from './connect.ts';
import { daemonPlaces } from './daemonPlaces.ts';
import { startOwnDaemon, stopOwnDaemonIfUnused, whyNoOwnDaemon } from './ownDaemon.ts';
import { daemonOf } from './runningDaemons.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-own-'));
const places = daemonPlaces(folder);
const can = whyNoOwnDaemon();

afterAll(async () => {
  if (!can) await stopOwnDaemonIfUnused(0, places);
  rmSync(folder, { recursive: true, force: true });
  rmSync(dirname(places.lock), { recursive: true, force: true });
});

test.skipIf(can)('two callers at once start one engine, also over a stale pid file', async () => {
  await startOwnDaemon(places);
  await stopOwnDaemonIfUnused(0, places);
  writeFileSync(places.pidFile, String(process.pid));

  const endpoints = await Promise.all([startOwnDaemon(places), startOwnDaemon(places)]);
  expect(endpoints.map((it) => it.address)).toEqual([`unix://${places.socket}`, `unix://${places.socket}`]);
  const pid = daemonOf(places.pidFile);
  expect(pid).toBeGreaterThan(1);
  await startOwnDaemon(places);
  expect(daemonOf(places.pidFile)).toBe(pid);

  const docker = await connectDocker(endpoints[0] ?? { source: 'own', name: '', address: '' });
  expect(await docker.housekeeping.rootFolder()).toBe(places.dataRoot);
  docker.close();
});

test.skipIf(can)('it stays while a run exists, and ends with the last one', async () => {
  await startOwnDaemon(places);
  expect(await stopOwnDaemonIfUnused(1, places)).toBe(false);
  expect(daemonOf(places.pidFile)).not.toBeNull();
  expect(await stopOwnDaemonIfUnused(0, places)).toBe(true);
  expect(daemonOf(places.pidFile)).toBeNull();
  expect(await stopOwnDaemonIfUnused(0, places)).toBe(false);
});

test.skipIf(can)('one that cannot start says why, with its log', async () => {
  const unusable = { ...places, execRoot: join(folder, 'none') };
  writeFileSync(unusable.execRoot, 'a file where a folder has to be');
  await expect(startOwnDaemon(unusable)).rejects.toMatchObject({
    code: 'docker-missing',
    data: { why: 'it ended by itself', log: expect.arrayContaining([expect.stringContaining('none')]) },
  });
});
