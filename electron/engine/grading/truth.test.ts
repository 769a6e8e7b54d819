import { expect, test } from 'vitest';
import { EnvironmentDouble } from './environmentDouble.ts';
import { LINKS, linksOf, lookAt } from './samples.ts';
import { look } from './truth.ts';

const environment = () =>
  new EnvironmentDouble({
    a: { tools: { [LINKS]: linksOf({ eth0: '02:00:00:00:00:0a' }) } },
    b: { tools: { [LINKS]: linksOf({ eth0: '02:00:00:00:00:0b', eth1: '02:00:00:00:00:0A' }) } },
  });

test('one node, one field', async () =>
  expect(await look(environment(), lookAt('interface', { name: 'eth0' }, 'address'))).toEqual({
    type: 'mac',
    field: 'address',
    values: ['02:00:00:00:00:0a'],
  }));
test("without a field it is the probe's main one", async () =>
  expect((await look(environment(), lookAt('interface'))).field).toBe('address'));
test('every node, and what means the same once', async () =>
  expect((await look(environment(), lookAt('interface', {}, 'address', '*'))).values).toEqual([
    '02:00:00:00:00:0a',
    '02:00:00:00:00:0b',
  ]));
test('nothing there is no value', async () =>
  expect((await look(environment(), lookAt('interface', { name: 'eth9' }))).values).toEqual([]));
test('a field without a value is no value', async () =>
  expect((await look(environment(), lookAt('interface', {}, 'master'))).values).toEqual([]));

test.each([
  ['a probe that there is not', lookAt('interfaces')],
  ['an inherited one', lookAt('constructor')],
  ['a parameter that it does not know', lookAt('interface', { nmae: 'eth0' })],
  ['a parameter of the wrong kind', lookAt('ping', { to: 'b' })],
  ['a missing parameter', lookAt('ping')],
  ['a field that it has not', lookAt('interface', {}, 'mac')],
])('%s is a mistake in the lab', async (_, wanted) =>
  expect(look(environment(), wanted)).rejects.toMatchObject({
    code: 'lab-invalid',
    hint: expect.stringContaining('not yours'),
  }),
);

test('one stopped node of all is an error, and not fewer values', async () => {
  const of = environment();
  of.stopped.add('b');
  await expect(look(of, lookAt('interface', {}, 'address', '*'))).rejects.toMatchObject({ code: 'node-stopped' });
});
