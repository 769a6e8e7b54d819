import { describe, expect, test } from 'vitest';
import { LabError } from '../contract/error.ts';
import type { Step } from '../contract/models/progress.ts';
import { availabilityOf, type Here } from './availability.ts';
import { Catalog } from './catalog/catalog.ts';
import type { LoadedLab } from './catalog/lab.ts';
import { probes } from './probes/table.ts';
import { productRoot } from './root.ts';

const found = new Catalog([`${productRoot()}/labs`], probes).find('switching');
if (!found) throw new Error('no lab');
const lab = found;
const ready: Here = {
  status: {
    docker: { state: 'ready', version: '1', endpoint: '', own: false },
    images: { state: 'ready' },
    cluster: { state: 'ready' },
    dockerNode: { state: 'ready' },
  },
  room: null,
  clustersAhead: true,
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
  const { status } = ready;
  const unavailable = { state: 'unavailable', reason: 'No Docker.', hint: 'Start it.' };
  expect(of({ status: { ...status, docker: { state: 'missing', error } } })).toEqual(unavailable);
  expect(of({ status: { ...status, images: { state: 'failed', error, steps: [] } } })).toEqual(unavailable);
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
  const preparing = (...steps: Step[]) => of({ status: { ...ready.status, images: { state: 'preparing', steps } } });
  const steps = [step({ state: 'done', usual: 50, seconds: 50 }), step({ usual: 20, seconds: 5 }), step({ usual: 5 })];
  expect(preparing(...steps)).toMatchObject({ state: 'preparing', secondsLeft: 20 });
  expect(preparing(step({}))).toMatchObject({ secondsLeft: null });
  expect(preparing(step({ usual: 5, seconds: 60 }))).toMatchObject({ secondsLeft: null });
  const connecting = of({ status: { ...ready.status, docker: { state: 'connecting' }, images: { state: 'unknown' } } });
  expect(connecting).toMatchObject({ state: 'preparing' });
});

describe('a cluster', () => {
  if (lab.state !== 'ok') throw new Error('broken');
  const cluster: LoadedLab = {
    state: 'ok',
    lab: { ...lab.lab, environment: { kind: 'kubernetes', nodes: ['controlplane', 'node01'], cni: 'flannel' } },
  };
  const GIB = 1024 ** 3;
  const ofCluster = (state: Here['status']['cluster'], by: Partial<Here> = {}) =>
    availabilityOf(cluster, { ...ready, status: { ...ready.status, cluster: state }, ...by });

  test('waits for its own images while labs of hosts do not', () => {
    const steps = [step({ state: 'running', usual: 400, seconds: 40 })];
    expect(ofCluster({ state: 'preparing', steps })).toEqual({
      state: 'preparing',
      reason: 'Building Kubernetes',
      secondsLeft: 360,
    });
    expect(of({ status: { ...ready.status, cluster: { state: 'preparing', steps } } })).toEqual({ state: 'ready' });
    expect(ofCluster({ state: 'unknown' })).toMatchObject({ state: 'preparing', secondsLeft: null });
    expect(ofCluster({ state: 'unknown' }, { clustersAhead: false })).toEqual({
      state: 'startable',
      usualSeconds: null,
    });
    expect(ofCluster({ state: 'ready' })).toMatchObject({ state: 'startable', usualSeconds: expect.any(Number) });
    expect(ofCluster({ state: 'failed', error, steps: [] })).toMatchObject({ state: 'unavailable', hint: 'Start it.' });
  });

  test('says with numbers when it would not fit', () => {
    const room = { memoryTotal: 4 * GIB, memoryFree: GIB / 4, diskFree: 9 * GIB };
    expect(ofCluster({ state: 'ready' }, { room })).toEqual({
      state: 'short',
      reason: 'A cluster of 2 nodes needs 950 MiB of memory, and 256 MiB are free.',
    });
    expect(of({ room })).toEqual({ state: 'ready' });
  });

  test('needs vxlan and br_netfilter of the kernel, whatever the lab says', () => {
    expect(ofCluster({ state: 'ready' }, { missingFeatures: new Set(['br_netfilter']) })).toMatchObject({
      state: 'unavailable',
      reason: 'The kernel that Docker runs on has no br_netfilter.',
      hint: expect.stringContaining('modprobe br_netfilter'),
    });
  });
});

describe('a lab with a Docker Engine of its own', () => {
  const docker = new Catalog([`${productRoot()}/labs`], probes).find('docker-networking');
  if (!docker) throw new Error('no lab');
  const ofDocker = (state: Here['status']['dockerNode'], by: Partial<Here> = {}) =>
    availabilityOf(docker, { ...ready, status: { ...ready.status, dockerNode: state }, ...by });

  test('waits for its own image, and for no cluster', () => {
    const steps = [step({ state: 'running', usual: 100, seconds: 40 })];
    expect(ofDocker({ state: 'preparing', steps })).toEqual({
      state: 'preparing',
      reason: 'Making the image of a node with Docker',
      secondsLeft: 60,
    });
    expect(ofDocker({ state: 'unknown' })).toMatchObject({ state: 'preparing', secondsLeft: null });
    expect(ofDocker({ state: 'failed', error, steps: [] })).toMatchObject({ state: 'unavailable', hint: 'Start it.' });
    const status: Here['status'] = { ...ready.status, cluster: { state: 'unknown' } };
    expect(availabilityOf(docker, { ...ready, status })).toMatchObject({ state: 'startable' });
  });
});
