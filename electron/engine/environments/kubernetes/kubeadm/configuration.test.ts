import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { planCluster } from '../../../catalog/cluster/plan.ts';
import { initConfiguration, joinConfiguration, staticPodPatches } from './configuration.ts';
import { flannelManifest } from './flannel.ts';

const { plan } = planCluster({ seed: 1, lab: 'x', count: 2 }, { 'cluster:variant': 'delta' });
const recipe = { version: 'v1.34.4', token: 'abcdef.0123456789abcdef', plain: false };
// biome-ignore lint/suspicious/noExplicitAny: what a YAML file holds
const read = (text: string): any[] => parseAllDocuments(text).map((each) => each.toJS());

test('kubeadm is told the ranges and the address of the variant', () => {
  const [init, cluster] = read(initConfiguration(plan, recipe));
  expect(init.localAPIEndpoint.advertiseAddress).toBe('10.61.35.150');
  expect(cluster.networking).toEqual({
    podSubnet: '10.130.0.0/16',
    serviceSubnet: '10.131.0.0/18',
    dnsDomain: 'cluster.local',
  });
});

test('a plain cluster has nothing that makes it quicker', () => {
  const plain = initConfiguration(plan, { ...recipe, plain: true });
  expect(plain).not.toContain('leader-elect');
  expect(plain).not.toContain('unsafe-no-fsync');
  expect(plain).not.toContain('patches');
});

test('pods can be placed in a cluster of one node', () => {
  const one = planCluster({ seed: 1, lab: 'x', count: 1 }).plan;
  expect(read(initConfiguration(one, recipe))[0].nodeRegistration.taints).toEqual([]);
  expect(read(initConfiguration(plan, recipe))[0].nodeRegistration.taints).toBeUndefined();
});

test('a node that joins knows whom to trust', () => {
  const [join] = read(joinConfiguration(plan, recipe, 'sha256:1234'));
  expect(join.discovery.bootstrapToken).toMatchObject({
    apiServerEndpoint: '10.61.35.150:6443',
    caCertHashes: ['sha256:1234'],
  });
});

test('every static pod is probed early, and not given up earlier than by kubeadm', () => {
  const patches = staticPodPatches();
  expect(Object.keys(patches)).toHaveLength(4);
  const { startupProbe } = read(patches['etcd+strategic.yaml'] ?? '')[0].spec.containers[0];
  expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThanOrEqual(240);
});

test('flannel is given the pod range of the variant', () => {
  const objects = read(flannelManifest(plan.variant.pods, { daemon: 'f:1', plugin: 'p:1' }));
  const map = objects.find(({ kind }) => kind === 'ConfigMap');
  expect(JSON.parse(map.data['net-conf.json']).Network).toBe('10.130.0.0/16');
  expect(objects.map(({ kind }) => kind)).toEqual([
    'Namespace',
    'ServiceAccount',
    'ClusterRole',
    'ClusterRoleBinding',
    'ConfigMap',
    'DaemonSet',
  ]);
});
