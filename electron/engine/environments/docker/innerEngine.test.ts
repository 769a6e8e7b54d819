import { expect, test } from 'vitest';
import type { Agent, ScriptResult } from '../../agent/agent.ts';
import { innerEngine } from './innerEngine.ts';

const asking = (answer: Partial<ScriptResult>, pid = 77) => {
  const scripts: string[] = [];
  const agent: Pick<Agent, 'run'> = {
    run: async (script) => {
      scripts.push(script);
      return { exit: 0, stdout: '', stderr: '', ...answer };
    },
  };
  return { scripts, get: (path: string) => innerEngine(agent, { name: 'dock', container: 'c', pid }).get(path) };
};

test('what the engine says, asked over the socket inside the node', async () => {
  const { get, scripts } = asking({ stdout: '[{"Id":"x"}]\n\n200' });
  expect(await get('/containers/json?all=1')).toEqual([{ Id: 'x' }]);
  expect(scripts[0]).toContain('--unix-socket /proc/77/root/run/docker.sock');
  expect(scripts[0]).toContain("'http://docker/v1.41/containers/json?all=1'");
});

test('what it does not know is null', async () =>
  expect(await asking({ stdout: '{"message":"No such container: x"}\n\n404' }).get('/x')).toBeNull());

test('no node is a node that is stopped', async () => {
  await expect(asking({}, 0).get('/x')).rejects.toMatchObject({ code: 'node-stopped' });
  await expect(asking({ exit: 3 }).get('/x')).rejects.toMatchObject({ code: 'node-stopped' });
});

test.each([
  ['nobody listens', { exit: 7, stderr: 'Failed to connect' }],
  ['curl is killed', { exit: 137 }],
  ['the engine is in trouble', { stdout: '{"message":"boom"}\n500' }],
  ['words', { stdout: 'all is well' }],
  ['torn JSON', { stdout: '[{"Id"\n200' }],
  ['nothing', { stdout: '' }],
])('%s: nothing can be told, and that is no wrong answer', async (_, answer) =>
  expect(asking(answer).get('/x')).rejects.toMatchObject({
    code: 'probe-failed',
    hint: expect.stringMatching(/not your mistake|not a wrong answer/),
  }),
);
