import { expect, test } from 'vitest';
import { neighbourProbe } from './neighbour.ts';
import { NodeDouble } from './nodeDouble.ts';

const v4 = JSON.stringify([
  { dst: '10.0.0.7', dev: 'eth0', lladdr: '02:00:00:00:00:07', state: ['PERMANENT'] },
  { dst: '10.0.0.9', dev: 'eth0', state: ['FAILED'] },
  { dst: '10.0.1.2', dev: 'eth1', lladdr: '02:00:00:00:01:02', state: ['STALE'] },
]);
const v6 = JSON.stringify([
  { dst: '2001:db8::7', dev: 'eth0', lladdr: '02:00:00:00:00:07', router: null, state: ['REACHABLE'] },
]);
const node = () => new NodeDouble({ tools: { 'ip -j -4 neigh show': v4, 'ip -j -6 neigh show': v6 } });
const read = (params: unknown) => neighbourProbe.read(node(), neighbourProbe.params.parse(params));

test('of one address', async () =>
  expect(await read({ to: '10.0.0.7' })).toEqual([
    { dst: '10.0.0.7', lladdr: '02:00:00:00:00:07', dev: 'eth0', state: 'PERMANENT', count: 1 },
  ]));
test('an address in another spelling, and its family by itself', async () =>
  expect(await read({ to: '2001:0db8:0::7' })).toHaveLength(1));
test('one that nobody answered has no MAC address', async () =>
  expect((await read({ to: '10.0.0.9' }))[0]).toMatchObject({ lladdr: null, state: 'FAILED' }));
test('by interface', async () => expect((await read({ dev: 'eth1' })).map((row) => row.dst)).toEqual(['10.0.1.2']));
test('unknown is no row', async () => expect(await read({ to: '10.0.0.8' })).toEqual([]));
