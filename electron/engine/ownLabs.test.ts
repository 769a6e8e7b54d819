import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catalog, runs } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import { catalogChanged, runChanged } from '../contract/pushes.ts';
import { type EngineInMemory, engineInMemory } from './engineInMemory.ts';

const good = join(import.meta.dirname, 'catalog', 'examples', 'good.yaml');
let place: string;
let lab: string;
let engine: EngineInMemory;
let client: Client;
beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'patchbay-own-'));
  lab = join(place, 'course', 'tunnel');
  mkdirSync(lab, { recursive: true });
  cpSync(good, join(lab, 'lab.yaml'));
  // No Docker is needed for what an author sees.
  vi.stubEnv('DOCKER_HOST', `unix://${join(place, 'docker.sock')}`);
  engine = await engineInMemory(join(place, 'state'));
  client = engine.connect();
});
afterEach(async () => {
  await engine.close();
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

const card = async () => (await client.call(catalog.labs, {})).labs.find((it) => it.id === 'tunnel');
const edit = (change: (text: string) => string) =>
  writeFileSync(join(lab, 'lab.yaml'), change(readFileSync(join(lab, 'lab.yaml'), 'utf8')));
const nextChange = () => new Promise<void>((resolve) => client.on(catalogChanged, () => resolve()));
const start = async () => {
  const { id } = await client.call(runs.start, { lab: 'tunnel', seed: 7, attempt: crypto.randomUUID() });
  return client.call(runs.ready, { run: id });
};

test('a folder of labs stands in the catalog until it is dropped, also after a restart', async () => {
  expect(await card()).toBeUndefined();
  const folder = join(place, 'course');
  expect(await client.call(catalog.add, { folder })).toEqual({ folders: [folder] });
  expect(await client.call(catalog.add, { folder })).toEqual({ folders: [folder] });
  expect(await card()).toMatchObject({ state: 'ok' });
  await engine.close();
  engine = await engineInMemory(join(place, 'state'));
  client = engine.connect();
  expect(await card()).toMatchObject({ state: 'ok' });
  expect(await client.call(catalog.drop, { folder })).toEqual({ folders: [] });
  expect(await card()).toBeUndefined();
});

test('a folder without a lab, and one that was never added, are refused with what helps', async () => {
  const nothing = { code: 'bad-input', hint: expect.stringContaining('patchbay new') };
  await expect(client.call(catalog.add, { folder: join(place, 'nothing') })).rejects.toMatchObject(nothing);
  await expect(client.call(catalog.drop, { folder: place })).rejects.toMatchObject({ code: 'not-found' });
});

test('an edit is told at once: the new version, or its mistakes', async () => {
  await client.call(catalog.add, { folder: lab });
  let change = nextChange();
  edit((text) => text.replace(/^title:.*$/m, 'title: Another title'));
  await change;
  expect(await card()).toMatchObject({ state: 'ok', title: 'Another title' });
  change = nextChange();
  edit((text) => text.replace(/^title:/m, 'titel:'));
  await change;
  expect(await card()).toMatchObject({ state: 'broken', mistakes: expect.arrayContaining([expect.anything()]) });
});

test('a run keeps the lab that it began with, over an edit, a mistake and a restart, and says that the lab was edited', async () => {
  await client.call(catalog.add, { folder: lab });
  const run = await start();
  expect(run.lab).toMatchObject({ edited: false });
  const told = new Promise<void>((resolve) => client.on(runChanged, (view) => view.lab.edited && resolve()));
  edit((text) => text.replace(/^title:.*$/m, 'title: ['));
  await told;
  await engine.close();
  engine = await engineInMemory(join(place, 'state'));
  client = engine.connect();
  const again = await client.call(runs.get, { run: run.id });
  expect(again.lab).toEqual({ ...run.lab, edited: true });
  expect(again.questions.map((it) => it.text)).toEqual(run.questions.map((it) => it.text));
});
