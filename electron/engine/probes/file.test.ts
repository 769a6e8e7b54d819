import { expect, test } from 'vitest';
import { fileProbe } from './file.ts';
import { NodeDouble } from './nodeDouble.ts';

const node = new NodeDouble({
  files: { '/etc/hosts': '127.0.0.1 localhost\n10.0.0.1 a', '/empty': '', '/one': 'x\n' },
});
const read = (path: string, pattern?: string) => fileProbe.read(node, fileProbe.params.parse({ path, pattern }));

test('its content, lines and bytes', async () =>
  expect(await read('/etc/hosts')).toEqual([
    { content: '127.0.0.1 localhost\n10.0.0.1 a', exists: true, lines: 2, size: 30, value: null },
  ]));
test('an empty one is there', async () =>
  expect(await read('/empty')).toEqual([{ content: '', exists: true, lines: 0, size: 0, value: null }]));
test('a last line end begins no line', async () => expect((await read('/one'))[0]?.lines).toBe(1));
test('one that is not there', async () =>
  expect(await read('/nowhere')).toEqual([{ content: null, exists: false, lines: null, size: null, value: null }]));
test('a path is absolute', () => expect(fileProbe.params.safeParse({ path: 'etc/hosts' }).success).toBe(false));
test('what a pattern finds, a row for each line', async () => {
  const found = async (pattern: string) => (await read('/etc/hosts', pattern)).map(({ value }) => value);
  expect(await found('^([0-9.]+) ')).toEqual(['127.0.0.1', '10.0.0.1']);
  expect(await found('local[a-z]+')).toEqual(['localhost']);
  expect(await found('nobody')).toEqual([null]);
  expect((await read('/nowhere', 'x')).map(({ exists }) => exists)).toEqual([false]);
  expect(fileProbe.params.safeParse({ path: '/x', pattern: '(?=x)' }).success).toBe(false);
});
