import { expect, test } from 'vitest';
import type { ExecOutput } from '../../docker/model.ts';
import { runUnseen, type Unseen } from './runUnseen.ts';

const things: Unseen[] = [
  { do: 'file', path: '/etc/x', mode: '600', content: 'secret\n' },
  { do: 'run', line: 'serve --now' },
];
const place = { name: 'a', container: 'c1' };

/** What Docker was asked, when its answer is this. */
const asked = async (answer: Partial<ExecOutput>, wanted = things) => {
  const calls: { command: readonly string[]; stdin: string | undefined }[] = [];
  const docker = {
    execToEnd: async (_id: string, command: readonly string[], { stdin }: { stdin?: string }) => {
      calls.push({ command, stdin });
      return { exit: 0, stdout: '', stderr: '', ...answer };
    },
  };
  await runUnseen(docker, place, wanted);
  return calls;
};

test('nothing of a file or a line stands in an argument list', async () => {
  const [call] = await asked({});
  expect(call?.command.join(' ')).not.toMatch(/secret|serve --now/);
  expect(call?.stdin?.split('\0')).toEqual(['file', '/etc/x', '600', 'secret\n', 'run', '60', 'serve --now', '']);
});

test('Docker is not asked for nothing', async () => {
  expect(await asked({}, [])).toEqual([]);
});

test('a line that failed is told with its node, its exit code and what it printed', async () => {
  await expect(asked({ exit: 3, stdout: '1 2\nfirst\nno such thing\n' })).rejects.toMatchObject({
    code: 'environment-failed',
    message: 'On a `serve --now` ended with 2: no such thing',
    data: { node: 'a', command: 'serve --now', exit: 2, log: ['first', 'no such thing'] },
  });
});

test('a line that did not end, a file that could not be written, and a node in which nothing runs', async () => {
  await expect(asked({ exit: 3, stdout: '1 124\n' })).rejects.toThrow('did not end within 60 s');
  await expect(asked({ exit: 3, stdout: '0 1\nread-only\n' })).rejects.toThrow(
    'On a /etc/x could not be written: read-only',
  );
  await expect(asked({ exit: 126, stdout: 'no bash' })).rejects.toThrow('Nothing could be run on a: no bash');
});
