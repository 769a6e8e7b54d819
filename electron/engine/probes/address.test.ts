import { expect, test } from 'vitest';
import { addressProbe } from './address.ts';
import { NodeDouble } from './nodeDouble.ts';

const links = JSON.stringify([
  {
    ifname: 'lo',
    addr_info: [
      { family: 'inet', local: '127.0.0.1', prefixlen: 8, scope: 'host', label: 'lo' },
      { family: 'inet6', local: '::1', prefixlen: 128, scope: 'host' },
    ],
  },
  {
    ifname: 'eth0',
    addr_info: [
      { family: 'inet', local: '10.7.3.9', prefixlen: 20, broadcast: '10.7.15.255', scope: 'global', label: 'eth0' },
      { family: 'inet', local: '192.168.4.1', prefixlen: 24, scope: 'global', secondary: true },
      { family: 'inet6', local: 'fe80::58d1:b2ff:fe38:4cb6', prefixlen: 64, scope: 'link' },
      { family: 'inet6', local: '2001:db8:1::5', prefixlen: 64, scope: 'global' },
    ],
  },
  { ifname: 'eth1', addr_info: [] },
]);
const read = (params: unknown) =>
  addressProbe.read(new NodeDouble({ tools: { 'ip -j addr show': links } }), addressProbe.params.parse(params));

test('IPv4 addresses of all interfaces but lo', async () => {
  const rows = await read({});
  expect(rows.map((row) => row.local)).toEqual(['10.7.3.9', '192.168.4.1']);
  expect(rows[0]).toEqual({
    local: '10.7.3.9',
    prefixlen: 20,
    network: '10.7.0.0/20',
    cidr: '10.7.3.9/20',
    broadcast: '10.7.15.255',
    scope: 'global',
    ifname: 'eth0',
    count: 2,
  });
});
test('IPv6, by scope', async () => {
  const rows = await read({ family: 'inet6', scope: 'global' });
  expect(rows.map((row) => [row.local, row.network])).toEqual([['2001:db8:1::5', '2001:db8:1::/64']]);
});
test('an interface without an address is no row', async () => expect(await read({ name: 'eth1' })).toEqual([]));
test('an interface that is not there is no row', async () => expect(await read({ name: 'eth7' })).toEqual([]));
test('lo when it is named', async () => expect((await read({ name: 'lo' }))[0]?.local).toBe('127.0.0.1'));
test('which interface has an address, of either family', async () => {
  expect((await read({ local: '192.168.4.1' })).map((row) => row.ifname)).toEqual(['eth0']);
  expect((await read({ local: '2001:db8:1:0::5' })).map((row) => row.ifname)).toEqual(['eth0']);
  expect(await read({ local: '10.7.3.8' })).toEqual([]);
});
