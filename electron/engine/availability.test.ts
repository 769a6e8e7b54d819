import { expect, test } from 'vitest';
import { LabError } from '../contract/error.ts';
import type { Step } from '../contract/models/progress.ts';
import { availabilityOf, type Here } from './availability.ts';
import { Catalog } from './catalog/catalog.ts';
import { probes } from './probes/table.ts';
import { productRoot } from './root.ts';

const found = new Catalog([`${productRoot()}/labs`], probes).find('switching');
if (!found) throw new Error('no lab');
const lab = found;
const ready: Here = {
  status: { docker: { state: 'ready', version: '1', endpoint: '', own: false }, images: { state: 'ready' } },
  standby: 4,
  missingFeatures: new Set(),
};
const of = (by: Partial<Here>) => availabilityOf(lab, { ...ready, ...by });
const error = new LabError('docker-missing', 'No Docker.', { hint: 'Start it.' }).toView();
const step = (by: Partial<Step>): Step => ({
  id: 'x',
  title: 'X',
  state: 'waiting',
  from: null,
  seconds: null,
  usual: null,
  detail: null,
  error: null,
  ...by,
});

test('ready with enough nodes standing by, else startable', () => {
  expect(of({})).toEqual({ state: 'ready' });
  expect(of({ standby: 3 })).toMatchObject({ state: 'startable' });
});

test('what is missing is said, with what would help', () => {
  const { docker, images } = ready.status;
  const unavailable = { state: 'unavailable', reason: 'No Docker.', hint: 'Start it.' };
  expect(of({ status: { docker: { state: 'missing', error }, images } })).toEqual(unavailable);
  expect(of({ status: { docker, images: { state: 'failed', error, steps: [] } } })).toEqual(unavailable);
  expect(of({ missingFeatures: new Set(['veth', 'vxlan']) })).toMatchObject({
    state: 'unavailable',
    reason: expect.stringMatching(/no veth\.$/),
  });
  expect(availabilityOf({ state: 'broken', id: 'odd', mistakes: [] }, ready)).toMatchObject({
    state: 'unavailable',
    hint: '`patchbay lint odd`',
  });
});

test('while it prepares the time left is what is usual less what is spent; unknown is unknown', () => {
  const preparing = (...steps: Step[]) =>
    of({ status: { docker: ready.status.docker, images: { state: 'preparing', steps } } });
  const steps = [step({ state: 'done', usual: 50, seconds: 50 }), step({ usual: 20, seconds: 5 }), step({ usual: 5 })];
  expect(preparing(...steps)).toMatchObject({ state: 'preparing', secondsLeft: 20 });
  expect(preparing(step({}))).toMatchObject({ secondsLeft: null });
  expect(preparing(step({ usual: 5, seconds: 60 }))).toMatchObject({ secondsLeft: null });
  const connecting = of({ status: { docker: { state: 'connecting' }, images: { state: 'unknown' } } });
  expect(connecting).toMatchObject({ state: 'preparing' });
});
