import { expect, test } from 'vitest';
import { bridgeProbe } from './bridge.ts';
import { NodeDouble } from './nodeDouble.ts';

const ports = JSON.stringify([
  { ifindex: 3, ifname: 'port1', flags: ['UP'], mtu: 1500, master: 'br0', state: 'forwarding', priority: 32, cost: 2 },
  { ifindex: 4, ifname: 'port2', flags: [], mtu: 1500, master: 'br0', state: 'disabled', priority: 32, cost: 2 },
  { ifindex: 5, ifname: 'port9', flags: [], mtu: 1500, master: 'br1', state: 'forwarding', priority: 32, cost: 2 },
]);
const table = JSON.stringify([
  { mac: '33:33:00:00:00:01', ifname: 'br0', flags: ['self'], state: 'permanent' },
  { mac: 'de:06:6c:73:ab:30', ifname: 'port1', flags: [], master: 'br0', state: '' },
  { mac: 'de:06:6c:73:ab:30', ifname: 'port1', vlan: 1, flags: [], master: 'br0', state: '' },
  { mac: 'fa:ef:cf:c6:4d:d8', ifname: 'port1', flags: [], master: 'br0', state: 'permanent' },
  { mac: '02:00:00:00:00:09', ifname: 'port9', flags: [], master: 'br1', state: '' },
]);
const node = () => new NodeDouble({ tools: { 'bridge -j -d link show': ports, 'bridge -j fdb show': table } });
const read = (params: unknown) => bridgeProbe.read(node(), bridgeProbe.params.parse(params));

test('the ports of a bridge', async () =>
  expect(await read({ name: 'br0' })).toEqual([
    { ifname: 'port1', master: 'br0', state: 'forwarding', mac: null, count: 2 },
    { ifname: 'port2', master: 'br0', state: 'disabled', mac: null, count: 2 },
  ]));
test('one port', async () => expect((await read({ port: 'port9' }))[0]?.master).toBe('br1'));
test('behind which port a MAC address is, in any case, once for all VLANs', async () =>
  expect((await read({ mac: 'DE:06:6C:73:AB:30' })).map((row) => row.ifname)).toEqual(['port1']));
test("a port's own address is not behind it", async () => expect(await read({ mac: 'fa:ef:cf:c6:4d:d8' })).toEqual([]));
test('all that was learned', async () =>
  expect((await read({ table: true, name: 'br0' })).map((row) => row.mac)).toEqual(['de:06:6c:73:ab:30']));
test('a bridge that is not there is no row', async () => expect(await read({ name: 'br7' })).toEqual([]));
