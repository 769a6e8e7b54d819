import { describe, expect, test } from 'vitest';
import { kubeProbe } from './kube.ts';
import { parsePath, valuesAt } from './kubernetes/fieldPath.ts';
import { kindNamed } from './kubernetes/kinds.ts';
import { KubeDouble } from './kubernetes/kubeDouble.ts';
import { NodeDouble } from './nodeDouble.ts';

const node = {
  metadata: { name: 'node01', uid: '1', labels: { 'kubernetes.io/hostname': 'node01' } },
  spec: { podCIDRs: ['10.244.1.0/24', 'fd00::/64'], taints: [] },
  status: {
    addresses: [
      { type: 'Hostname', address: 'node01' },
      { type: 'InternalIP', address: '172.30.1.9' },
    ],
    conditions: [{ type: 'Ready', status: 'True' }],
  },
};
const pod = (name: string, ready: string) => ({
  metadata: { name, namespace: 'kube-system', uid: name },
  spec: { nodeName: 'node01' },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});
const reading = async (answer: unknown, params: unknown) => {
  const kube = new KubeDouble(() => answer);
  const rows = await kubeProbe.read(new NodeDouble({ kube }), kubeProbe.params.parse(params));
  return { rows, asked: kube.asked };
};

test('one by its name and a value of it', async () => {
  const { rows, asked } = await reading(
    { items: [node] },
    { kind: 'no', name: 'node01', path: 'status.addresses[type=InternalIP].address' },
  );
  expect(rows).toEqual([
    { name: 'node01', namespace: null, value: '172.30.1.9', node: null, ready: true, 'dns-name': null, count: 1 },
  ]);
  expect(asked).toEqual(['/api/v1/nodes?fieldSelector=metadata.name=node01']);
});
test('a row for each value, and one without a value', async () => {
  expect((await reading({ items: [node] }, { kind: 'Node', path: 'spec.podCIDRs' })).rows).toMatchObject([
    { value: '10.244.1.0/24', count: 1 },
    { value: 'fd00::/64' },
  ]);
  expect((await reading({ items: [node] }, { kind: 'Node', path: 'spec.nowhere' })).rows).toMatchObject([
    { value: null },
  ]);
});
test('by labels and fields, of one namespace or of all', async () => {
  const items = [pod('a', 'True'), pod('b', 'False')];
  const one = await reading({ items }, { kind: 'Pod', namespace: 'kube-system', selector: 'k8s-app=kube-proxy' });
  expect(one.rows).toMatchObject([
    { name: 'a', ready: true, node: 'node01', count: 2 },
    { name: 'b', ready: false },
  ]);
  expect(one.asked).toEqual(['/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app=kube-proxy']);
  const all = await reading({ items }, { kind: 'pods', namespace: '*', fields: 'spec.nodeName=node01' });
  expect(all.asked).toEqual(['/api/v1/pods?fieldSelector=spec.nodeName=node01']);
});
test.each([
  [{ status: { desiredNumberScheduled: 2, numberReady: 2 } }, true],
  [{ spec: { replicas: 3 }, status: { readyReplicas: 2 } }, false],
  [{ spec: { replicas: 1 }, status: {} }, false],
  [{ data: {} }, null],
])('%j is ready: %s', async (object, ready) =>
  expect(
    (await reading({ items: [{ metadata: { name: 'x', uid: '1' }, ...object }] }, { kind: 'deploy' })).rows,
  ).toMatchObject([{ ready }]),
);
test('names in the DNS of the cluster', async () => {
  const metadata = { name: 'web', namespace: 'dev', uid: '1' };
  const named = async (kind: string, status: object) =>
    (await reading({ items: [{ metadata, status }] }, { kind, namespace: 'dev' })).rows[0]?.['dns-name'];
  expect(await named('Service', {})).toBe('web.dev.svc.cluster.local');
  expect(await named('Pod', { podIP: '10.244.1.7' })).toBe('10-244-1-7.dev.pod.cluster.local');
  expect(await named('Pod', {})).toBeNull();
});
test('a kind that Kubernetes does not have needs its API', async () => {
  expect(kubeProbe.params.safeParse({ kind: 'widgets' }).success).toBe(false);
  const { asked, rows } = await reading(null, { kind: 'widgets', api: 'example.com/v1', namespace: 'dev' });
  expect(asked).toEqual(['/apis/example.com/v1/namespaces/dev/widgets']);
  expect(rows).toEqual([]);
});

test.each([
  [{ kind: 'po' }, 'cluster'],
  [{ kind: 'EndpointSlice' }, 'cluster'],
  [{ kind: 'Node' }, null],
  [{ kind: 'pods', api: 'metrics.k8s.io/v1beta1' }, null],
])('changes of %j are told by: %s', (params, source) => {
  const { events } = kubeProbe;
  expect(typeof events === 'function' && events(kubeProbe.params.parse(params))).toBe(source);
});

test('kinds by name, plural and short name', () => {
  expect(kindNamed('networkpolicies')).toMatchObject({ kind: 'NetworkPolicy', plural: 'networkpolicies' });
  expect(kindNamed('SVC')).toMatchObject({ plural: 'services', api: '/api/v1', namespaced: true });
  expect(kindNamed('endpoints')).toMatchObject({ plural: 'endpoints' });
  expect(kindNamed('thing')).toBeNull();
});

describe('paths', () => {
  test.each([
    ['metadata.labels["kubernetes.io/hostname"]', ['node01']],
    ['status.addresses[*].type', ['Hostname', 'InternalIP']],
    ['status.addresses[1].address', ['172.30.1.9']],
    ['spec.podCIDRs[0]', ['10.244.1.0/24']],
    ['spec', []],
    ['spec.taints', []],
    ['metadata.constructor', []],
  ])('%s', (path, values) => expect(valuesAt(node, path)).toEqual(values));
  test.each(['', 'a..b', 'a[', 'a[b', 'a b'])('"%s" is none', (path) => expect(parsePath(path)).toBeNull());
});
