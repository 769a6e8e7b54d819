import { describe, expect, test, vi } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { EnvironmentDouble } from './environmentDouble.ts';
import { checkOf, lookAt, taskOf } from './samples.ts';
import { gradeTask } from './task.ts';

const way = (gateway: string) => JSON.stringify([{ dst: '10.9.0.1', gateway, dev: 'eth0', flags: [] }]);
const replies = (received: number) => `1 packets transmitted, ${received} received, 0% packet loss, time 0ms\n`;
const there = checkOf({
  id: 'there',
  look: lookAt('route', { to: '10.9.0.1' }, 'gateway', 'a'),
  expect: { is: 'equals', value: '10.0.0.1' },
  otherwise: 'a does not send to the router',
});
const back = checkOf({
  id: 'back',
  look: lookAt('route', { to: '10.9.0.1' }, 'gateway', 'b'),
  expect: { is: 'equals', value: '10.0.0.2' },
  otherwise: 'b does not send to the router.',
});
const ping = checkOf({
  id: 'ping',
  weight: 2,
  needs: ['there', 'back'],
  look: lookAt('ping', { to: '10.9.0.1' }, 'received', 'a'),
  expect: { is: 'at-least', value: 1 },
  otherwise: 'packets do not come back',
});
// The check that needs others stands first: the order in the file does not matter.
const task = taskOf([ping, there, back], { weight: 4 });

const environment = (state: { there?: string | Error; back?: string | Error; ping?: string | object }) =>
  new EnvironmentDouble({
    a: {
      tools: (command) => (command.startsWith('ping') ? (state.ping ?? replies(1)) : (state.there ?? way('10.0.0.1'))),
    },
    b: { tools: () => state.back ?? way('10.0.0.2') },
  });
const verdicts = (checks: readonly { id: string; verdict: string }[]) =>
  Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));

test('all hold', async () =>
  expect(await gradeTask(environment({}), task)).toMatchObject({
    question: 'question',
    verdict: 'pass',
    earned: 4,
    weight: 4,
    checks: [
      { id: 'ping', verdict: 'pass', message: null, seen: { node: 'a', of: '10.9.0.1', field: 'received' } },
      { id: 'there', verdict: 'pass', message: null, seen: { field: 'gateway', values: ['10.0.0.1'] } },
      { id: 'back', verdict: 'pass', message: null, seen: { node: 'b', values: ['10.0.0.2'] } },
    ],
    message: null,
  }));

test('a need that does not hold: what needs it waits and is not asked', async () => {
  const of = environment({ back: way('10.0.0.9') });
  const outcome = await gradeTask(of, task);
  expect(outcome).toMatchObject({
    verdict: 'fail',
    earned: 1,
    message: 'b does not send to the router (seen: gateway 10.0.0.9).',
  });
  expect(verdicts(outcome.checks)).toEqual({ ping: 'waiting', there: 'pass', back: 'fail' });
  expect(of.nodes.get('a')?.asked.some((command) => command.startsWith('ping'))).toBe(false);
});

test('no reply is a fail, with the rest of the credit', async () =>
  expect(await gradeTask(environment({ ping: { exit: 1, stdout: replies(0) } }), task)).toMatchObject({
    verdict: 'fail',
    earned: 2,
    message: 'packets do not come back (seen: received 0).',
  }));

test('several failures are all told; what was expected is not', async () => {
  const outcome = await gradeTask(
    environment({ there: way('10.0.0.8'), back: '[{"dst":"10.9.0.1","dev":"eth0"}]' }),
    task,
  );
  expect(outcome.message).toBe(
    'a does not send to the router (seen: gateway 10.0.0.8).\nb does not send to the router (seen: gateway none).',
  );
  expect(JSON.stringify(outcome)).not.toMatch(/10\.0\.0\.[12]"/);
});

test.each([
  [1, 1, 1, 0.33],
  [1, 1, 1.5, 0.29],
])('credit is in hundredths', async (first, second, third, earned) => {
  const of = new EnvironmentDouble({ a: { tools: () => 'a\n' } });
  const wrong = { expect: { is: 'equals', value: 'b' } } as const;
  const three = [
    checkOf({ id: 'x', weight: first }),
    checkOf({ id: 'y', weight: second, ...wrong }),
    checkOf({ id: 'z', weight: third, ...wrong }),
  ];
  expect((await gradeTask(of, taskOf(three))).earned).toBe(earned);
});

describe('a fault that is not the learner’s is never a fail', () => {
  test.each([
    ['node-stopped', new LabError('node-stopped', 'The node b is not running.', { hint: 'Start it.' })],
    ['agent-failed', new LabError('agent-failed', 'No agent.', { hint: 'Check again.' })],
    ['probe-timeout', new LabError('probe-timeout', 'Too late.', { hint: 'Check again.' })],
    ['a bug', new TypeError('x')],
    ['garbage', 'garbage'],
  ])('%s of one check makes the whole an error, and what was earned stays', async (_, fault) => {
    const outcome = await gradeTask(environment({ back: fault }), task);
    expect(outcome).toMatchObject({ verdict: 'error', earned: 1 });
    expect(verdicts(outcome.checks)).toEqual({ ping: 'waiting', there: 'pass', back: 'error' });
    expect(outcome.message).toMatch(/Start it|Check again/);
  });

  test('an error beside a fail is an error', async () =>
    expect(
      await gradeTask(environment({ there: way('10.0.0.7'), back: new LabError('agent-failed', 'x') }), task),
    ).toMatchObject({ verdict: 'error', message: expect.stringMatching(/^x .*costs nothing/) }));

  test('a ping that cannot be sent by us is an error', async () =>
    expect(
      await gradeTask(environment({ ping: { exit: 2, stderr: 'ping: socket: Operation not permitted' } }), task),
    ).toMatchObject({ verdict: 'error', earned: 2 }));

  test('a whole environment that is gone', async () => {
    const of = environment({});
    of.stopped.add('a').add('b');
    expect(await gradeTask(of, task)).toMatchObject({ verdict: 'error', earned: 0 });
  });

  test('a node that never answers, by the deadline of the check', async () => {
    vi.useFakeTimers();
    const of = new EnvironmentDouble({ a: { tools: () => new Promise<string>(() => undefined) } });
    const outcome = gradeTask(of, taskOf([checkOf({ deadline: 0.5 })]));
    await vi.advanceTimersByTimeAsync(500);
    expect(await outcome).toMatchObject({ verdict: 'error', message: expect.stringContaining('0.5 s') });
    vi.useRealTimers();
  });

  test.each([
    ['a circle', [checkOf({ id: 'x', needs: ['y'] }), checkOf({ id: 'y', needs: ['x'] })]],
    ['itself', [checkOf({ id: 'x', needs: ['x'] })]],
    ['nothing that is there', [checkOf({ id: 'x', needs: ['z'] })]],
  ])('a check that needs %s neither hangs nor passes', async (_, checks) => {
    const of = new EnvironmentDouble({ a: { tools: () => 'a\n' } });
    expect((await gradeTask(of, taskOf(checks))).verdict).not.toBe('pass');
  });
});

test('each check is asked once, however many need it, and those without needs side by side', async () => {
  let under = 0;
  let most = 0;
  const of = new EnvironmentDouble({
    a: {
      tools: async () => {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setTimeout(resolve, 5));
        under--;
        return 'a\n';
      },
    },
  });
  const checks = ['x', 'y', 'z'].map((id) => checkOf({ id }));
  await gradeTask(of, taskOf([...checks, checkOf({ id: 'last', needs: ['x', 'y', 'z'] })]));
  expect(most).toBe(3);
  expect(of.nodes.get('a')?.asked).toHaveLength(4);
});
