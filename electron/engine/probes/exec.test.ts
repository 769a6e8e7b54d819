import { expect, test } from 'vitest';
import { execProbe } from './exec.ts';
import { NodeDouble } from './nodeDouble.ts';

const read = (exec: ConstructorParameters<typeof NodeDouble>[0]['exec'], params: unknown = { command: 'true' }) =>
  execProbe.read(new NodeDouble({ exec }), execProbe.params.parse(params));

test.each([0, 1, 2, 125, 128, 255])('exit %i is a result', async (exit) =>
  expect(await read({ exit, stdout: ' out \n', stderr: 'err\n' })).toEqual([{ stdout: 'out', stderr: 'err', exit }]),
);

test.each([
  [124, 'too long'],
  [126, 'cannot be run'],
  [127, 'was not found'],
  [137, 'signal 9'],
  [143, 'signal 15'],
  [139, 'signal 11'],
  [-1, 'ended with -1'],
])('exit %i is an error: %s', async (exit, why) =>
  expect(read({ exit, stderr: 'sh: nope: not found' })).rejects.toMatchObject({
    code: 'probe-failed',
    message: expect.stringContaining(why),
    hint: expect.stringContaining('costs nothing'),
  }),
);

test('a line goes to sh, words do not', async () => {
  const node = new NodeDouble({ exec: {} });
  await execProbe.read(node, execProbe.params.parse({ command: 'echo a | wc -l' }));
  await execProbe.read(node, execProbe.params.parse({ command: ['wc', '-l'], seconds: 2 }));
  expect(node.executed).toEqual(['sh -c echo a | wc -l', 'wc -l']);
  expect(node.deadlines).toEqual([5000, 2000]);
});
