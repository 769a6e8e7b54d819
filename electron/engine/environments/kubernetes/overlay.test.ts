import { expect, test } from 'vitest';
import { planCluster } from '../../catalog/cluster/plan.ts';
import { overlayIn, overlayScript } from './overlay.ts';

const node = (name: string, podCIDR: string, VtepMAC: string) => ({
  metadata: {
    name,
    annotations: { other: '1', 'flannel.alpha.coreos.com/backend-data': JSON.stringify({ VNI: 1, VtepMAC }) },
  },
  spec: { podCIDR },
});
const list = {
  items: [
    node('controlplane', '10.185.0.0/24', '62:8e:f9:a6:4c:13'),
    node('node01', '10.185.1.0/24', '62:8e:f9:a6:4c:14'),
  ],
};

test('flannel’s own words are read', () => {
  expect(overlayIn(JSON.stringify(list))).toEqual([
    { node: 'controlplane', pods: '10.185.0.0/24', mac: '62:8e:f9:a6:4c:13' },
    { node: 'node01', pods: '10.185.1.0/24', mac: '62:8e:f9:a6:4c:14' },
  ]);
  const silent = { items: [{ metadata: { name: 'controlplane', annotations: {} }, spec: {} }] };
  expect(() => overlayIn(JSON.stringify(silent))).toThrow(/flannel/);
});

test('each node knows the way to the pods of the others', () => {
  const { plan } = planCluster({ seed: 1, lab: 'x', count: 2 }, { 'cluster:variant': 'birch' });
  const script = overlayScript(
    plan,
    overlayIn(JSON.stringify(list)),
    new Map([
      ['controlplane', 101],
      ['node01', 102],
    ]),
  );
  const [first = '', second = ''] = script.split('nsenter -t 102 -n ip -batch');
  expect(first).toContain(
    'link add flannel.1 address 62:8e:f9:a6:4c:13 mtu 1450 type vxlan id 1 local 10.77.6.70 dev eth0',
  );
  expect(first).toContain('route add 10.185.1.0/24 via 10.185.1.0 dev flannel.1 onlink');
  expect(first).toContain('fdb replace 62:8e:f9:a6:4c:14 dev flannel.1 dst 10.77.6.71');
  expect(second).toContain('address add 10.185.1.0/32 dev flannel.1');
  expect(second).toContain('route add 10.185.0.0/24 via 10.185.0.0 dev flannel.1 onlink');
});
