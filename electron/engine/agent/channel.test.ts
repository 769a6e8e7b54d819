import { type Duplex, duplexPair, PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AgentChannel } from './channel.ts';

/** The channel, and the dispatcher's end of its stream. */
const opened = () => {
  const [near, far] = duplexPair();
  const stderr = new PassThrough();
  const channel = new AgentChannel({
    id: 'exec',
    stream: near,
    stderr,
    resize: async () => undefined,
    pid: async () => 1,
    exit: Promise.resolve(null),
    drop: () => near.destroy(),
  });
  let heard = '';
  far.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  far.on('error', () => undefined);
  return { channel, far, stderr, heard: () => heard };
};
let agent: ReturnType<typeof opened>;
beforeEach(() => {
  agent = opened();
});
afterEach(() => {
  agent.channel.close();
  vi.useRealTimers();
});

const hello = () => agent.far.write('patchbay-agent 1\n');
const asked = (id: number) => vi.waitFor(() => expect(agent.heard()).toContain(`run ${id} `));
const gone = { code: 'agent-failed', hint: expect.stringContaining('not your mistake') };

test('answers belong to their requests, in whatever order and pieces they come', async () => {
  hello();
  const [one, two] = [agent.channel.run('echo one', 500), agent.channel.run('echo two', 500)];
  await asked(2);
  const answers = Buffer.from('done 2 0 0 4 0\ntwo\ndone 1 3 0 4 5\none\noops\n');
  for (const byte of answers) agent.far.write(Buffer.of(byte));
  expect(await two).toEqual({ exit: 0, stdout: 'two\n', stderr: '' });
  expect(await one).toEqual({ exit: 3, stdout: 'one\n', stderr: 'oops\n' });
  expect(agent.heard()).toContain('run 1 500 8\necho one');
});

test('a deadline that passed and a tool that is missing are errors of ours, not results', async () => {
  hello();
  const late = agent.channel.run('sleep 9', 100);
  const missing = agent.channel.run('no-such-tool', 100);
  late.catch(() => undefined);
  missing.catch(() => undefined);
  await asked(2);
  agent.far.write('done 1 124 1 0 0\ndone 2 127 0 0 9\nnot found');
  await expect(late).rejects.toMatchObject({ code: 'probe-timeout' });
  await expect(missing).rejects.toMatchObject({ code: 'agent-failed', message: expect.stringContaining('not found') });
  // A learner's 124 is a result.
  const own = agent.channel.run('exit 124', 100);
  await asked(3);
  agent.far.write('done 3 124 0 0 0\n');
  expect(await own).toMatchObject({ exit: 124 });
});

test.each([
  ['another version', (far: Duplex) => void far.write('patchbay-agent 2\n'), 'patchbay-agent 2'],
  ['an end', (far: Duplex) => void far.end(), 'it ended'],
])('a dispatcher that begins with %s is dead', async (_, begin, said) => {
  begin(agent.far);
  await expect(agent.channel.run('true', 100)).rejects.toMatchObject({
    ...gone,
    message: expect.stringContaining(said),
  });
  expect(agent.channel.dead).toBe(true);
});

test('what is under way when it dies, or says something that is no answer, is rejected at once', async () => {
  hello();
  const one = agent.channel.run('sleep 1', 5000);
  one.catch(() => undefined);
  await asked(1);
  agent.far.write('Segmentation fault\n');
  await expect(one).rejects.toMatchObject(gone);
  await expect(agent.channel.run('true', 100)).rejects.toMatchObject(gone);
  agent = opened();
  hello();
  const two = agent.channel.run('sleep 1', 5000);
  two.catch(() => undefined);
  await asked(1);
  agent.stderr.write('perl: out of memory\n');
  await expect(two).rejects.toMatchObject({ ...gone, message: expect.stringContaining('out of memory') });
});

test('one that says nothing is given up after its deadline and a moment', async () => {
  hello();
  await agent.channel.ready();
  vi.useFakeTimers();
  const silent = agent.channel.run('sleep 9', 1000);
  const rejected = expect(silent).rejects.toMatchObject({ ...gone, message: expect.stringContaining('2500 ms') });
  await vi.advanceTimersByTimeAsync(2500);
  await rejected;
});
