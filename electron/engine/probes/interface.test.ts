import { expect, test } from 'vitest';
import { interfaceProbe } from './interface.ts';
import { NodeDouble } from './nodeDouble.ts';

// As iproute2 6.1 prints them, without the fields that are not read.
const links = JSON.stringify([
  {
    ifindex: 1,
    ifname: 'lo',
    flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
    mtu: 65536,
    operstate: 'UNKNOWN',
    address: '00:00:00:00:00:00',
  },
  {
    ifindex: 2,
    ifname: 'br0',
    flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
    mtu: 1500,
    operstate: 'UP',
    address: 'fa:ef:cf:c6:4d:d8',
    linkinfo: { info_kind: 'bridge', info_data: { forward_delay: 1500 } },
  },
  {
    ifindex: 3,
    link_index: 7,
    link_netnsid: 0,
    ifname: 'port1',
    flags: ['BROADCAST', 'MULTICAST', 'UP'],
    mtu: 1400,
    master: 'br0',
    operstate: 'LOWERLAYERDOWN',
    address: '02:00:00:00:00:03',
    linkinfo: { info_kind: 'veth', info_slave_kind: 'bridge' },
  },
]);
const node = () => new NodeDouble({ tools: { 'ip -j -d link show': links } });
const read = (params: unknown) => interfaceProbe.read(node(), interfaceProbe.params.parse(params));

test('all interfaces but lo, with how many they are', async () => {
  const rows = await read({});
  expect(rows.map((row) => row.ifname)).toEqual(['br0', 'port1']);
  expect(rows.every((row) => row.count === 2)).toBe(true);
});

test('one by its name, with every field', async () => {
  expect(await read({ name: 'port1' })).toEqual([
    {
      ifname: 'port1',
      ifindex: 3,
      address: '02:00:00:00:00:03',
      operstate: 'LOWERLAYERDOWN',
      up: true,
      carrier: false,
      mtu: 1400,
      master: 'br0',
      kind: 'veth',
      count: 1,
    },
  ]);
});

test('one that is not there is no row, and no fault', async () => expect(await read({ name: 'eth9' })).toEqual([]));
test('lo when it is named or asked for', async () => {
  expect(await read({ name: 'lo' })).toHaveLength(1);
  expect(await read({ loopback: true })).toHaveLength(3);
});
test('by kind', async () => expect((await read({ kind: 'bridge' })).map((row) => row.ifname)).toEqual(['br0']));
