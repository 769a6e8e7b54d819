import { expect, test } from 'vitest';
import { netnsProbe } from './netns.ts';
import { NodeDouble } from './nodeDouble.ts';

const read = (params: object = {}) =>
  netnsProbe.read(new NodeDouble({ netns: { blue: {}, red: {} } }), netnsProbe.params.parse(params));

test('all, with every field', async () =>
  expect(await read()).toEqual([
    { name: 'blue', inode: 4026531840, count: 2 },
    { name: 'red', inode: 4026531841, count: 2 },
  ]));
test('one by its name', async () => expect(await read({ name: 'red' })).toMatchObject([{ name: 'red', count: 1 }]));
test('one that is not there is no row', async () => expect(await read({ name: 'green' })).toEqual([]));
test.each(['a b', '../x', '..', '.', ''])('"%s" is no name', (name) =>
  expect(netnsProbe.params.safeParse({ name }).success).toBe(false),
);
