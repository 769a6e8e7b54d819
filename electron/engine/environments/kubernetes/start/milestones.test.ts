import { expect, test } from 'vitest';
import { LabError } from '../../../../contract/error.ts';
import type { Agent } from '../../../agent/agent.ts';
import { planCluster } from '../../../catalog/cluster/plan.ts';
import type { KubeReader } from '../../kubeReader.ts';
import { apiListens, dnsAnswers, nodesAreReady, readyNodes } from './milestones.ts';

const { plan } = planCluster({ seed: 1, lab: 'x', count: 2 });
const node = (name: string, status: string, lastHeartbeatTime: string) => ({
  metadata: { name },
  status: {
    conditions: [
      { type: 'MemoryPressure', status: 'True' },
      { type: 'Ready', status, lastHeartbeatTime },
    ],
  },
});
const since = Date.parse('2026-01-01T12:00:00.700Z');

test('only a fresh heartbeat counts', () => {
  const list = {
    items: [
      node('fresh', 'True', '2026-01-01T12:00:00Z'),
      node('old', 'True', '2026-01-01T11:59:59Z'),
      node('unwell', 'False', '2026-01-01T12:00:05Z'),
    ],
  };
  expect(readyNodes(list, since)).toEqual(['fresh']);
  expect(readyNodes(null, since)).toEqual([]);
});

test('a node that was ready once has been ready, and an API that hiccups is asked again', async () => {
  const answers = [
    () => Promise.reject(new Error('not yet')),
    () => ({ items: [node('controlplane', 'True', '2026-01-01T12:00:01Z')] }),
    () => ({ items: [node('node01', 'True', '2026-01-01T12:00:02Z')] }),
  ];
  const kube = { get: async () => answers.shift()?.() } as unknown as KubeReader;
  const details: string[] = [];
  await nodesAreReady(kube, plan, since, 5000, (text) => details.push(text));
  expect(details).toEqual(['waiting for node01']);
});

test('what never comes has a limit, and says which node', async () => {
  const kube = { get: async () => ({ items: [node('controlplane', 'True', '2026-01-01T12:00:01Z')] }) };
  await expect(nodesAreReady(kube as unknown as KubeReader, plan, since, 200, () => undefined)).rejects.toMatchObject({
    code: 'timeout',
    data: { node: 'node01', component: 'kubelet' },
  });
});

const agentThat = (run: Agent['run']) => ({ run }) as unknown as Agent;

test('the waits of the agent tell the component that did not come', async () => {
  const late = agentThat(() => Promise.reject(new LabError('probe-timeout', 'late')));
  const process = { name: 'controlplane', container: 'c', pid: 7 };
  await expect(apiListens(late, process, 1000)).rejects.toMatchObject({ data: { component: 'kube-apiserver' } });
  await expect(dnsAnswers(late, [process], '10.0.0.10', 1000)).rejects.toMatchObject({
    data: { component: 'coredns' },
  });
  const broken = agentThat(async () => ({ exit: 2, stdout: '', stderr: 'Can’t locate Socket.pm' }));
  await expect(apiListens(broken, process, 1000)).rejects.toMatchObject({ code: 'agent-failed' });
});

test('each node is asked in its own network', async () => {
  const scripts: string[] = [];
  const agent = agentThat(async (script) => {
    scripts.push(script);
    return { exit: 0, stdout: '', stderr: '' };
  });
  await dnsAnswers(
    agent,
    [1, 2].map((pid) => ({ name: `n${pid}`, container: '', pid })),
    '10.0.0.10',
    1000,
  );
  expect(scripts.map((script) => /nsenter -t (\d)/.exec(script)?.[1])).toEqual(['1', '2']);
  expect(scripts[0]).toContain('10.0.0.10 kubernetes.default.svc.cluster.local');
});
