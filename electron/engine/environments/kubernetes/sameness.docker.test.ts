import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { imageReference } from '../../docker/images/table.ts';
import type { Containers } from '../provider.ts';
import { type MadeCluster, makeCluster } from './kubeadm/makeCluster.ts';
import { clusterTopology, type TestCluster, type TestClusters, testClusters } from './testClusters.ts';

// A restored cluster beside one that kubeadm has just made in full, of the same images.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

const NODES = ['controlplane', 'node01'];
let all: TestClusters;
let restored: TestCluster;
let plain: MadeCluster;

beforeAll(async () => {
  all = await testClusters('sameness');
  restored = await all.start('restored');
  const kind = {
    owner: all.owner,
    nodeImage: imageReference('node'),
    gatewayImage: imageReference('gateway'),
    version: 'test',
  };
  const workshop = { docker: all.docker, agent: all.agent, kind, traits: await all.docker.info() };
  plain = await makeCluster(workshop, clusterTopology(1), {
    onContainers: (_: Containers) => undefined,
    detail: () => undefined,
    signal: new AbortController().signal,
    plain: true,
  });
  await onPlain('controlplane', 'kubectl wait --for=condition=Ready nodes --all --timeout=120s');
  await onPlain('controlplane', 'kubectl -n kube-system rollout status deployment/coredns --timeout=120s');
});
afterAll(async () => {
  restored?.environment.close();
  await all?.close();
});

const onPlain = (node: string, line: string): Promise<string> => {
  const shell = plain.shells.get(node);
  if (!shell) throw new Error(`no node ${node}`);
  return shell.run(line, line, 125_000);
};

/** What a line prints on both. */
const both = async (node: string, line: string) => ({
  restored: await restored.type(node, line),
  plain: await onPlain(node, line),
});

const lines = (text: string) => text.split('\n').filter(Boolean);
/** In one and not in the other. */
const difference = (of: { restored: string; plain: string }) => ({
  onlyRestored: lines(of.restored).filter((line) => !lines(of.plain).includes(line)),
  onlyPlain: lines(of.plain).filter((line) => !lines(of.restored).includes(line)),
});

test('the same files', async () => {
  for (const node of NODES) {
    const files = await both(node, 'find /etc/kubernetes /etc/cni /opt/cni/bin -type f -o -type l | sort');
    expect(difference(files), node).toEqual({ onlyRestored: [], onlyPlain: [] });
    for (const file of [
      '/var/lib/kubelet/config.yaml',
      '/var/lib/kubelet/kubeadm-flags.env',
      '/etc/cni/net.d/10-flannel.conflist',
    ])
      expect(difference(await both(node, `cat ${file}`)), `${node} ${file}`).toEqual({
        onlyRestored: [],
        onlyPlain: [],
      });
  }
});

test('the same static pods, but for what makes a start quick', async () => {
  const manifest = (name: string) => both('controlplane', `cat /etc/kubernetes/manifests/${name}.yaml`);
  const probes = {
    onlyRestored: ['      failureThreshold: 120', '      initialDelaySeconds: 1', '      periodSeconds: 2'],
    onlyPlain: [],
  };
  const startup = async (name: string) => {
    const { onlyRestored, onlyPlain } = difference(await manifest(name));
    return {
      onlyRestored: [...new Set(onlyRestored)].sort(),
      onlyPlain: onlyPlain.filter((line) => !/failureThreshold: 24/.test(line)),
    };
  };
  expect(await startup('kube-apiserver')).toEqual(probes);
  const noElection = {
    onlyRestored: [...probes.onlyRestored, '    - --leader-elect=false'].sort(),
    onlyPlain: ['    - --leader-elect=true'],
  };
  expect(await startup('kube-controller-manager')).toEqual(noElection);
  expect(await startup('kube-scheduler')).toEqual(noElection);
  expect(await startup('etcd')).toEqual({
    ...probes,
    onlyRestored: [...probes.onlyRestored, '    - --unsafe-no-fsync=true'].sort(),
  });
});

test('the same objects', async () => {
  const kinds = `$(kubectl api-resources --verbs=list -o name | grep -v '^events' | paste -sd,)`;
  const objects = await both(
    'controlplane',
    `kubectl get ${kinds} -A -o custom-columns=K:.kind,NS:.metadata.namespace,N:.metadata.name --no-headers`,
  );
  const named = (text: string) => [...new Set(lines(text).map(plainName))].sort().join('\n');
  expect(difference({ restored: named(objects.restored), plain: named(objects.plain) })).toEqual({
    onlyRestored: [],
    // Nobody has to be elected.
    onlyPlain: ['Lease kube-system kube-controller-manager', 'Lease kube-system kube-scheduler'],
  });
});

test('the same arguments of everything that runs', async () => {
  for (const node of NODES) {
    const running = await both(
      node,
      `ps -eo args= | grep -E '^(/usr/bin/|/usr/local/bin/|/opt/bin/|/coredns)?(kubelet|kube-proxy|flanneld|coredns|-conf)' | sed 's/ *$//' | sort -u`,
    );
    expect(lines(running.restored).length, node).toBeGreaterThan(2);
    expect(difference(running), node).toEqual({ onlyRestored: [], onlyPlain: [] });
  }
});

/** Without what is drawn by chance: suffixes of pods, ids of tokens, of requests and of this API server. */
const plainName = (line: string): string => {
  const [kind = '', namespace = '', name = ''] = line.split(/ +/);
  return [
    kind,
    namespace,
    name
      .replace(/^csr-.*/, 'csr-')
      .replace(/^bootstrap-token-.*/, 'bootstrap-token-')
      .replace(/^apiserver-.*/, 'apiserver-')
      .replace(/^(coredns-[0-9a-z]+)-[0-9a-z]{5}$/, '$1')
      .replace(/^(kube-proxy|kube-flannel-ds|kube-dns)-[0-9a-z]{5,10}$/, '$1'),
  ].join(' ');
};
