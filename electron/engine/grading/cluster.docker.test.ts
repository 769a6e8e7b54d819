import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExpandedLook, Expectation } from '../catalog/expanded.ts';
import { addressAt, parseSubnet } from '../catalog/subnet.ts';
import { askChecks } from './checks.ts';
import { type RealCluster, realCluster } from './realCluster.ts';
import { checkOf, lookAt } from './samples.ts';
import { look } from './truth.ts';

let cluster: RealCluster;
beforeAll(async () => {
  cluster = await realCluster('probes');
  const kubectl = (line: string) => cluster.type('controlplane', `kubectl ${line}`);
  await kubectl('create namespace dev');
  await kubectl('wait --for=create serviceaccount/default -n dev --timeout=30s');
  await kubectl('run web -n dev --image=nginx');
  await kubectl('expose pod web -n dev --port=7100 --target-port=80');
  await kubectl('run asker --image=busybox:1.28 -- sleep infinity');
  await kubectl('wait --for=condition=Ready pod/web -n dev --timeout=60s');
  await kubectl('wait --for=condition=Ready pod/asker --timeout=60s');
  // The DNS of a restored cluster answers within seconds, and may fall silent once more until its new pods are ready.
  await kubectl('rollout status deployment/coredns -n kube-system --timeout=60s');
}, 1_200_000);
afterAll(() => cluster?.close(), 120_000);

const is = (value: string | number | boolean): Expectation => ({ is: 'equals', value });
const there: Expectation = { is: 'exists', value: true };
const at = (probe: string, params: ExpandedLook['with'] = {}, field: string | null = null, node = 'controlplane') =>
  lookAt(probe, params, field, node);

/** What is read, and from the topology what it must be; what it must not be. */
type Known = RealCluster['topology'];
const dns = ({ variant }: Known): string => {
  const subnet = parseSubnet(variant.services);
  return subnet ? addressAt(subnet, 10) : '';
};
const table: [string, (known: Known) => ExpandedLook, (known: Known) => Expectation, Expectation][] = [
  [
    'kube: a field of a node',
    () => at('kube', { kind: 'Node', name: 'node01', path: 'status.addresses[type=InternalIP].address' }, 'value'),
    ({ nodes }) => is(nodes[1]?.address ?? ''),
    is('192.0.2.1'),
  ],
  [
    'kube: a pod that is ready',
    () => at('kube', { kind: 'Pod', namespace: 'dev' }, 'ready'),
    () => is(true),
    is(false),
  ],
  ['kube: how many', () => at('kube', { kind: 'Node' }, 'count'), () => is(2), is(1)],
  ['kube: none', () => at('kube', { kind: 'Pod', name: 'web' }), () => ({ is: 'exists', value: false }), there],
  [
    'kube: who owns a pod',
    () =>
      at(
        'kube',
        {
          kind: 'Pod',
          namespace: 'kube-system',
          selector: 'k8s-app=kube-proxy',
          path: 'metadata.ownerReferences[*].kind',
        },
        'value',
      ),
    () => is('DaemonSet'),
    is('ReplicaSet'),
  ],
  [
    "pod-log: kube-proxy's mode",
    () => at('pod-log', { namespace: 'kube-system', selector: 'k8s-app=kube-proxy', pattern: 'Using (\\w+) Proxier' }),
    () => is('iptables'),
    is('ipvs'),
  ],
  [
    'podnet: the gateway of a pod',
    () => at('podnet', { namespace: 'dev' }, 'gateway', 'node01'),
    () => ({ is: 'matches', pattern: '\\.1$' }),
    is('192.0.2.1'),
  ],
  ['podnet: its interface', () => at('podnet', { name: 'asker' }, 'ifname', 'node01'), () => is('eth0'), is('cni0')],
  [
    'podnet: pods of another node',
    () => at('podnet', { name: 'asker' }),
    () => ({ is: 'exists', value: false }),
    there,
  ],
  [
    'dns: a service, asked from a pod',
    (known) =>
      at(
        'dns',
        { from: 'pod', name: 'asker', ask: 'web.dev.svc.cluster.local', server: dns(known) },
        'status',
        'node01',
      ),
    () => is('NOERROR'),
    is('NXDOMAIN'),
  ],
  [
    'dns: a name that is not there, asked from a node',
    (known) => at('dns', { ask: 'nobody.dev.svc.cluster.local', server: dns(known) }, 'status', 'node01'),
    () => is('NXDOMAIN'),
    is('NOERROR'),
  ],
  [
    'dns: SRV of a port',
    (known) =>
      at('dns', { type: 'SRV', ask: '_https._tcp.kubernetes.default.svc.cluster.local', server: dns(known) }, 'port'),
    () => is(443),
    is(6443),
  ],
  [
    'dns: nobody there',
    ({ variant }) =>
      at(
        'dns',
        { ask: 'kubernetes.default.svc.cluster.local', server: variant.services.replace(/\d+\/.*/, '77') },
        'status',
      ),
    () => is('NOREPLY'),
    is('NOERROR'),
  ],
  [
    'socket: where the scheduler listens',
    () => at('socket', { process: 'kube-scheduler' }),
    () => is(10259),
    is(10257),
  ],
  [
    'socket: the busy port of etcd',
    () => at('socket', { process: 'etcd', state: 'established', busiest: true }),
    () => is(2379),
    is(2380),
  ],
  [
    'process: a flag of a component',
    () => at('process', { name: 'kube-controller-manager', flag: '--cluster-cidr' }, 'value'),
    ({ variant }) => is(variant.pods),
    is('10.0.0.0/8'),
  ],
  ['process: one in a pod', () => at('process', { name: 'kube-proxy' }, 'in-pod', 'node01'), () => is(true), is(false)],
  [
    'unit: the configuration of the kubelet',
    () => at('unit', { name: 'kubelet', flag: '--config' }, 'value', 'node01'),
    () => is('/var/lib/kubelet/config.yaml'),
    is('/etc/kubelet'),
  ],
  ['cni: the plugin', () => at('cni', {}, 'type', 'node01'), () => is('flannel'), is('bridge')],
  [
    'cni: a binary that is not there',
    () => at('cni', { list: 'binaries', binary: 'weave-net' }),
    () => ({ is: 'exists', value: false }),
    there,
  ],
  [
    'interface: the bridge of the pods',
    () => at('interface', { kind: 'bridge' }, 'ifname', 'node01'),
    () => is('cni0'),
    is('docker0'),
  ],
  [
    'file: in a memory file system',
    () => at('file', { path: '/run/flannel/subnet.env' }),
    () => ({ is: 'contains', value: 'FLANNEL_SUBNET' }),
    is(''),
  ],
];

const judged = async (wanted: ExpandedLook, expect: Expectation) =>
  (await askChecks(cluster.environment, [checkOf({ look: wanted, expect })]))[0];

const each = () =>
  describe.each(table)('%s', (_, wanted, right, wrong) => {
    test('holds', async () =>
      expect(await judged(wanted(cluster.topology), right(cluster.topology))).toMatchObject({ verdict: 'pass' }));
    test('nothing else does', async () =>
      expect(await judged(wanted(cluster.topology), wrong)).toMatchObject({ verdict: 'fail' }));
  });

describe('as it is', each);

test("a pod's address is the one that the cluster says", async () => {
  const pod = (await look(cluster.environment, at('podnet', { namespace: 'dev' }, 'local', 'node01'))).values;
  const api = (
    await look(cluster.environment, at('kube', { kind: 'Pod', namespace: 'dev', path: 'status.podIP' }, 'value'))
  ).values;
  expect(pod).toEqual(api);
});

test('a static pod of the control plane is found by the hash of its manifest', async () => {
  const processes = await cluster.environment.node('controlplane').processes();
  const etcd = processes.find(({ comm }) => comm === 'etcd');
  expect(etcd?.pod).toMatch(/^[0-9a-f]{32}$/);
  expect(await cluster.environment.node('controlplane').inPod(etcd?.pod ?? '')).not.toBeNull();
});

describe('when the learner has broken PATH, kubectl, kubeconfig and every tool', () => {
  beforeAll(async () => {
    for (const node of ['controlplane', 'node01'])
      await cluster.type(
        node,
        'lie=/usr/local/bin/lie; printf "#!/bin/sh\\necho lie\\n" > $lie; chmod 755 $lie; for tool in kubectl ip ss dig ping ps systemctl crictl; do path=$(command -v $tool) && cp --remove-destination $lie $path; done; echo "export PATH=/nowhere KUBECONFIG=/nowhere" >> /root/.bashrc; rm -rf /root/.kube; mv /etc/kubernetes/admin.conf /root/gone 2> /dev/null; true',
      );
  });
  each();
});

test('a change of an object is told', async () => {
  const heard: string[] = [];
  const stop = cluster.environment.onChange(({ source }) => heard.push(source));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  heard.length = 0;
  // The container of the pod ends, and the kubelet starts another.
  await cluster.type('node01', 'kill -9 $(pidof nginx | tr " " "\\n" | sort -n | head -n 1)');
  await expect.poll(() => heard, { timeout: 20_000 }).toContain('cluster');
  stop();
});

describe('when the learner has broken the control plane', { timeout: 300_000 }, () => {
  const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
  const asked = (wanted: ExpandedLook) => judged(wanted, there);
  const verdict = async (wanted: ExpandedLook) => (await asked(wanted))?.verdict;
  const apiServerRuns = () => verdict(at('socket', { process: 'kube-apiserver' }));
  const patiently = { timeout: 120_000, interval: 1000 };

  test('with the API server gone what asks it is an error and not a fail, with the reason, and all else is judged', async () => {
    await cluster.type('controlplane', `mv ${MANIFEST} /root/; true`);
    await expect.poll(apiServerRuns, patiently).toBe('fail');
    expect(await asked(at('kube', { kind: 'Node' }))).toMatchObject({
      verdict: 'error',
      message: expect.stringContaining(`there is no ${MANIFEST}`),
    });
    const log = { namespace: 'kube-system', selector: 'k8s-app=kube-proxy', pattern: '.' };
    expect(await verdict(at('pod-log', log))).toBe('error');
    expect(await verdict(at('podnet', { namespace: 'dev' }, null, 'node01'))).toBe('error');
    expect(await verdict(at('socket', { process: 'etcd' }))).toBe('pass');
    expect(await verdict(at('process', { name: 'kubelet' }))).toBe('pass');
    expect(cluster.environment.trouble).toBeNull();
  });

  test('an edit of its manifest is an error with what the API server said before it ended', async () => {
    const edit =
      "sed 's/^    - kube-apiserver$/    - kube-apiserver\\n    - --no-such-flag/' /root/kube-apiserver.yaml";
    await cluster.type('controlplane', `${edit} > ${MANIFEST}`);
    const said = async () => {
      const outcome = await asked(at('kube', { kind: 'Node' }));
      expect(outcome?.verdict).toBe('error');
      return outcome?.message;
    };
    await expect.poll(said, patiently).toMatch(/keeps exiting.*no-such-flag/);
    expect(await verdict(at('process', { name: 'kubelet' }))).toBe('pass');
  });

  test('kubeadm reset is an error that only a reset of the run mends, and is told with nobody asking', async () => {
    // As a learner would, on a cluster that works: without an API server kubeadm may wait a minute for one.
    await cluster.type('controlplane', `cp /root/kube-apiserver.yaml ${MANIFEST}`);
    await expect.poll(() => verdict(at('kube', { kind: 'Node' })), { timeout: 120_000, interval: 1000 }).toBe('pass');
    const changes: string[] = [];
    const stop = cluster.environment.onChange(({ source }) => changes.push(source));
    await cluster.type('controlplane', 'kubeadm reset -f > /root/reset.log 2>&1; true');
    await expect.poll(() => cluster.environment.trouble, patiently).toMatchObject({ data: { remedy: 'reset' } });
    expect(changes).toContain('cluster');
    stop();
    expect(await asked(at('kube', { kind: 'Node' }))).toMatchObject({
      verdict: 'error',
      message: expect.stringMatching(/as after `kubeadm reset`.*Reset the environment/),
    });
  });
});
