import { describe, expect, test } from 'vitest';
import type { Agent, ScriptResult } from '../../agent/agent.ts';
import type { NodeInside } from './inside.ts';
import { insideNode } from './insideNode.ts';

const hex = (text: string) => Buffer.from(text).toString('hex');
const inside = (answer: Partial<ScriptResult>, pid = 77) => {
  const agent: Pick<Agent, 'run'> = { run: async () => ({ exit: 0, stdout: '', stderr: '', ...answer }) };
  return insideNode(agent, { name: 'a', container: 'c', pid });
};

test('processes as our program prints them', async () => {
  const pod = '6f1c2a34-0000-4000-8000-000000000001';
  const stdout = `900 1 - ${hex('systemd')} ${hex('/sbin/init\0')}\n990 88 ${pod} ${hex('nginx')} -\n`;
  expect(await inside({ stdout }).processes()).toEqual([
    { outerPid: 900, pid: 1, pod: null, comm: 'systemd', args: ['/sbin/init'] },
    { outerPid: 990, pid: 88, pod, comm: 'nginx', args: [] },
  ]);
});
test('an argument that is empty, and one with spaces and line ends', async () => {
  const stdout = `900 1 - ${hex('sh')} ${hex('sh\0-c\0\0a b\nc\0')}\n`;
  expect((await inside({ stdout }).processes())[0]?.args).toEqual(['sh', '-c', '', 'a b\nc']);
});
test('files and folders', async () => {
  expect(await inside({ stdout: 'file ff00\n' }).file('/x')).toEqual(Buffer.from([0xff, 0]));
  expect(await inside({ stdout: 'file \n' }).file('/x')).toHaveLength(0);
  expect(await inside({ stdout: 'none\n' }).file('/x')).toBeNull();
  expect(await inside({ stdout: `folder\nfile 3 ${hex('a b')}\n` }).folder('/x')).toEqual([
    { name: 'a b', kind: 'file', size: 3 },
  ]);
  expect(await inside({ stdout: 'folder\n' }).folder('/x')).toEqual([]);
  expect(await inside({ stdout: 'none\n' }).folder('/x')).toBeNull();
});

const reads = {
  processes: (node: NodeInside) => node.processes(),
  file: (node: NodeInside) => node.file('/x'),
  folder: (node: NodeInside) => node.folder('/x'),
  namespaces: (node: NodeInside) => node.namespaces(),
} satisfies Record<string, (node: NodeInside) => Promise<unknown>>;

describe.each(Object.entries(reads))('%s', (_, read) => {
  test.each([
    ['nothing', {}],
    ['words', { stdout: 'all is well' }],
    ['a half line', { stdout: 'folder\nfile 3\n' }],
    ['an exit code', { exit: 1, stderr: 'Permission denied' }],
    ['a signal', { exit: 137, stdout: 'none\n' }],
  ])('%s is a fault of ours', async (_, answer) =>
    expect(read(inside(answer))).rejects.toMatchObject({
      code: 'probe-failed',
      hint: expect.stringContaining('not your mistake'),
    }),
  );
  test('a node that does not run, or whose first process is gone, is stopped', async () => {
    await expect(read(inside({ stdout: 'none\n' }, 0))).rejects.toMatchObject({ code: 'node-stopped' });
    await expect(read(inside({ exit: 3 }))).rejects.toMatchObject({ code: 'node-stopped' });
  });
});

test('named network namespaces', async () => {
  expect(await inside({ stdout: `namespaces\n4026532200 ${hex('red')}\n` }).namespaces()).toEqual([
    { name: 'red', inode: 4026532200 },
  ]);
  expect(await inside({ stdout: 'namespaces\n' }).namespaces()).toEqual([]);
});
