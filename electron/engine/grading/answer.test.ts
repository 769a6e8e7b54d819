import { describe, expect, test } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { gradeAnswer } from './answer.ts';
import { EnvironmentDouble } from './environmentDouble.ts';
import { answerOf, LINKS, linksOf, lookAt } from './samples.ts';

const truth = '02:00:00:00:00:0a';
const other = '02:00:00:00:00:0b';
const environment = () =>
  new EnvironmentDouble({
    a: { tools: { [LINKS]: linksOf({ eth0: truth }) } },
    b: { tools: { [LINKS]: linksOf({ eth0: other }) } },
  });
const question = answerOf({
  weight: 3,
  nearMisses: [
    {
      from: 'look',
      look: lookAt('interface', { name: 'eth0' }, 'address', 'b'),
      because: 'the other end of the network.',
    },
    { from: 'value', value: 'ff:ff:ff:ff:ff:ff', because: 'that is everybody' },
  ],
});

test.each([truth, truth.toUpperCase(), '02-00-00-00-00-0a', ' 0200.0000.000a '])(
  '%j passes with full weight',
  async (given) =>
    expect(await gradeAnswer(environment(), question, given)).toEqual({
      question: 'question',
      verdict: 'pass',
      earned: 3,
      weight: 3,
      checks: [],
      message: null,
      seen: [{ node: 'a', probe: 'interface', of: 'eth0', field: 'address', values: [truth] }],
    }),
);

test.each([
  ['02:00:00:00:00:0c', 'Not yet.'],
  [other, 'Not yet: the other end of the network.'],
  ['FF-FF-FF-FF-FF-FF', 'Not yet: that is everybody.'],
  ['eth0', 'That is not a MAC address (six pairs of hex digits, such as 02:00:00:00:00:01).'],
  ['', 'Type an answer first.'],
  ['  \n', 'Type an answer first.'],
])('%j fails: %s', async (given, message) =>
  expect(await gradeAnswer(environment(), question, given)).toMatchObject({ verdict: 'fail', earned: 0, message }),
);

test('nothing of a failure holds the truth', async () => {
  for (const given of [other, '02:00:00:00:00:0c', 'x'])
    expect(JSON.stringify(await gradeAnswer(environment(), question, given))).not.toContain(truth);
});

test('any of several values is right', async () => {
  const many = new EnvironmentDouble({ a: { tools: { [LINKS]: linksOf({ eth0: truth, eth1: other }) } } });
  const any = answerOf({ truth: { from: 'look', look: lookAt('interface', {}, 'address') } });
  expect((await gradeAnswer(many, any, truth)).verdict).toBe('pass');
  expect((await gradeAnswer(many, any, other)).verdict).toBe('pass');
});

test('the truth is read at the moment of answering', async () => {
  let mac = truth;
  const live = new EnvironmentDouble({ a: { tools: () => linksOf({ eth0: mac }) } });
  expect((await gradeAnswer(live, answerOf({}), other)).verdict).toBe('fail');
  mac = other;
  expect((await gradeAnswer(live, answerOf({}), other)).verdict).toBe('pass');
});

test('a value of the seed needs no environment', async () => {
  const none = new EnvironmentDouble({});
  const seeded = answerOf({ type: 'ip', truth: { from: 'value', value: '10.0.0.1' } });
  expect((await gradeAnswer(none, seeded, '10.0.0.1/24')).verdict).toBe('pass');
  expect((await gradeAnswer(none, seeded, '10.0.0.2')).verdict).toBe('fail');
});

describe('a fault that is not the learner’s is never a wrong answer', () => {
  const broken = (answer: unknown) =>
    new EnvironmentDouble({ a: { tools: () => answer as string }, b: { tools: () => linksOf({ eth0: other }) } });

  test.each([
    ['the node is stopped', new LabError('node-stopped', 'The node a is not running.', { hint: 'Start it again.' })],
    ['the agent is dead', new LabError('agent-failed', 'No agent.', { hint: 'Check again.' })],
    ['time ran out', new LabError('probe-timeout', 'Too late.', { hint: 'Check again.' })],
    ['a bug of ours', new TypeError('undefined is not a function')],
    ['garbage', 'garbage'],
    ['an exit code', { exit: 1, stderr: 'broken' }],
    ['nothing is there', '[]'],
  ])('%s', async (_, answer) => {
    for (const given of [truth, other, '02:00:00:00:00:0c']) {
      const outcome = await gradeAnswer(broken(answer), question, given);
      expect(outcome).toMatchObject({ verdict: 'error', earned: 0 });
      expect(outcome.message).toMatch(/Start it again|Check again|costs nothing/);
      expect(outcome.message).not.toMatch(/Not yet/);
    }
  });

  test('a near miss that cannot be read spoils no verdict', async () => {
    const of = environment();
    of.stopped.add('b');
    expect(await gradeAnswer(of, question, other)).toMatchObject({ verdict: 'fail', message: 'Not yet.' });
    expect(await gradeAnswer(of, question, truth)).toMatchObject({ verdict: 'pass' });
  });
});
