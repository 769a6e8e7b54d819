import { screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { LabError } from '../../electron/contract/error.ts';
import type { Step } from '../../electron/contract/models/progress.ts';
import type { RunView } from '../../electron/contract/models/run.ts';
import { anEngine, openPage } from '../testing/openPage.ts';
import { aRun } from '../testing/samples.ts';

const titles: Record<string, [title: string, usual: number]> = {
  images: ['Kubernetes images', 1],
  state: ['The cluster as kubeadm makes it', 1],
  nodes: ['2 nodes and their gateway', 0.6],
  api: ['API server', 4.5],
  ready: ['Nodes ready', 0.5],
  dns: ['Cluster DNS', 0.5],
};
const steps = (by: Record<string, Partial<Step>>): Step[] =>
  Object.entries(titles).map(([id, [title, usual]]) => ({
    id,
    title,
    usual,
    state: 'waiting',
    from: null,
    seconds: null,
    detail: null,
    error: null,
    ...by[id],
  }));
const aClusterRun = (environment: RunView['environment']): RunView =>
  aRun({
    environment,
    nodes: [
      { name: 'controlplane', kind: 'control-plane', container: 'patchbay-r-controlplane', state: 'starting' },
      { name: 'node01', kind: 'worker', container: 'patchbay-r-node01', state: 'starting' },
    ],
  });

const address = '#/run/routing-abcde';

test('a cluster’s start shows each step with its time, what it is at, and what the nodes are', async () => {
  const done = { state: 'done', from: 0, seconds: 0.1 } as const;
  const running = { state: 'running', from: 0.2, seconds: 20, detail: 'kubeadm init on controlplane' } as const;
  openPage(
    anEngine(
      aClusterRun({
        state: 'starting',
        title: 'Starting a cluster of 2 nodes',
        steps: steps({ images: done, state: { ...running, usual: 60 } }),
      }),
    ),
    address,
  );
  const list = await screen.findByRole('region', { name: 'Steps' });
  expect(within(list).getByText('Starting a cluster of 2 nodes')).toBeTruthy();
  expect(within(list).getAllByRole('listitem')).toHaveLength(Object.keys(titles).length);
  expect(within(list).getByText('kubeadm init on controlplane')).toBeTruthy();
  expect(within(list).getByText(/^Usually .* on this machine/)).toBeTruthy();
  expect(screen.getByText('control plane, starting')).toBeTruthy();
  expect(screen.getByText('worker, starting')).toBeTruthy();
});

test('a step that failed says which node and component, the last lines of its log, and a command to paste', async () => {
  const error = new LabError('environment-failed', 'The API server did not answer within 90 s.', {
    hint: 'Try again: images and the frozen cluster stay.',
    data: {
      node: 'controlplane',
      component: 'kube-apiserver',
      log: ['starting', 'bind: address already in use'],
      command: 'less /state/logs/cluster-routing-abcde.log',
    },
  }).toView();
  openPage(
    anEngine(
      aClusterRun({
        state: 'failed',
        error,
        steps: steps({
          images: { state: 'done', from: 0, seconds: 0.1 },
          state: { state: 'done', from: 0.1, seconds: 0.1 },
          nodes: { state: 'done', from: 0.2, seconds: 0.6 },
          api: { state: 'failed', from: 0.8, seconds: 90, error },
        }),
      }),
    ),
    address,
  );
  const list = await screen.findByRole('region', { name: 'Steps' });
  expect(within(list).getByText('controlplane')).toBeTruthy();
  expect(within(list).getByText('kube-apiserver')).toBeTruthy();
  expect(within(list).getByLabelText('Last lines of its log').textContent).toContain('bind: address already in use');
  expect(within(list).getByText('less /state/logs/cluster-routing-abcde.log')).toBeTruthy();
  expect(screen.getByText('Stopped at step 4')).toBeTruthy();
  expect(screen.getByText('Nothing you did. 3 steps done so far.')).toBeTruthy();
  expect(screen.getByRole('button', { name: /Retry this step/ })).toBeTruthy();
});
