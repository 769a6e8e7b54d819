import { expect, test } from 'vitest';
import { KubeDouble } from './kubernetes/kubeDouble.ts';
import { NodeDouble } from './nodeDouble.ts';
import { podnetProbe } from './podnet.ts';

const uid = '6f1c2a34-0000-4000-8000-000000000001';
const manifest = 'f00dfeedf00dfeedf00dfeedf00dfeed';
const tools = {
  'ip -j addr show': JSON.stringify([
    { ifname: 'lo', addr_info: [{ family: 'inet', local: '127.0.0.1', prefixlen: 8, scope: 'host' }] },
    { ifname: 'eth0', addr_info: [{ family: 'inet', local: '10.244.1.7', prefixlen: 24, scope: 'global' }] },
  ]),
  'ip -j -d link show': JSON.stringify([
    { ifindex: 2, ifname: 'eth0', flags: ['UP'], mtu: 1450, operstate: 'UP', address: 'aa:bb:cc:00:00:07' },
  ]),
  'ip -j -4 route show table main': JSON.stringify([
    { dst: 'default', gateway: '10.244.1.1', dev: 'eth0' },
    { dst: '10.244.1.0/24', dev: 'eth0' },
  ]),
  'ip -j route get 10.9.9.9': JSON.stringify([{ dst: '10.9.9.9', gateway: '10.244.1.1', dev: 'eth0' }]),
};
const pod = (name: string, more: object = {}, spec: object = {}) => ({
  metadata: { name, namespace: 'default', uid, ...more },
  spec: { nodeName: 'node01', ...spec },
});
const reading = (items: unknown[], params: object = {}) => {
  const kube = new KubeDouble((path) => (path.includes('spec.nodeName=node01') ? { items } : { items: [] }));
  const node = new NodeDouble({ name: 'node01', kube, pods: { [uid]: tools, [manifest]: tools } });
  return podnetProbe.read(node, podnetProbe.params.parse(params));
};

const row = {
  pod: 'web',
  namespace: 'default',
  ifname: 'eth0',
  mac: 'aa:bb:cc:00:00:07',
  local: '10.244.1.7',
  prefixlen: 24,
  network: '10.244.1.0/24',
  gateway: '10.244.1.1',
  dev: 'eth0',
  count: 1,
};
test('its address and default gateway, with every field', async () =>
  expect(await reading([pod('web')])).toEqual([row]));
test('the way to an address', async () => expect(await reading([pod('web')], { to: '10.9.9.9' })).toEqual([row]));
test('a static pod is found by the hash of its manifest', async () =>
  expect(await reading([pod('web', { uid: 'other', annotations: { 'kubernetes.io/config.hash': manifest } })])).toEqual(
    [row],
  ));
test("one with the node's own network, and one that does not run, are no rows", async () =>
  expect(await reading([pod('a', {}, { hostNetwork: true }), pod('b', { uid: 'gone' })])).toEqual([]));
