import { expect, test } from 'vitest';
import { RunSummary, RunView } from '../../contract/models/run.ts';
import type { JournalRecord, RecordBody } from './journal/record.ts';
import { createdRecord, smallLab } from './samples.ts';
import { foldRun, type RunState } from './state.ts';
import { attemptOf, type Present, summarizeRun, viewRun } from './view.ts';

const fold = (...bodies: RecordBody[]): RunState => {
  const at = new Date().toISOString();
  const records = [createdRecord, ...bodies].map((body, index): JournalRecord => ({ seq: index + 1, at, ...body }));
  return foldRun(records) as RunState;
};
const running: Present = { environment: { state: 'running' }, stopped: [], holds: new Map() };
const adopted: RecordBody = { type: 'adopted', endpoint: '', nodes: { a: 'c1', b: 'c2' } };
const of = (state: RunState, id: string, present = running) =>
  viewRun(state, smallLab, present).questions.find((question) => question.id === id);

test('a new run: every kind of question, and nothing of what is right', () => {
  const view = viewRun(fold(adopted), smallLab, running);
  expect(RunView.parse(view)).toEqual(view);
  expect(view.questions.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'answer open',
    'choice open',
    'task open',
    'info open',
  ]);
  expect(view.current).toBe('mac');
  expect(view.score).toEqual({ earned: 0, max: 6 });
  expect(view.nodes).toEqual([
    { name: 'a', kind: 'host', container: 'patchbay-small-abcde-a', state: 'running' },
    { name: 'b', kind: 'host', container: 'patchbay-small-abcde-b', state: 'running' },
  ]);
});

test('whatever happened, no truth, near miss, expectation, unseen hint or solution is in it', () => {
  const outcome = { question: 'mac', verdict: 'fail' as const, earned: 0, weight: 2, checks: [], message: 'No.' };
  const told = JSON.stringify([
    viewRun(
      fold(
        adopted,
        { type: 'opened', question: 'mac' },
        { type: 'hinted', question: 'mac' },
        { type: 'drawn', question: 'why', options: ['It is not', 'It is so'] },
        { type: 'judged', attempt: '1', given: ['x'], outcome },
      ),
      smallLab,
      running,
    ),
    summarizeRun(fold(), smallLab, 'running'),
  ]);
  for (const hidden of ['secret', 'Two.', 'Because.', 'hostname x', '"right"', 'cat /sys'])
    expect(told, hidden).not.toContain(hidden);
  expect(told).toContain('One.');
});

test('the solution is there once it was asked for', () => {
  const shown = fold({ type: 'shown', question: 'mac' }, { type: 'shown', question: 'name' });
  expect(of(shown, 'mac')?.solution).toEqual({
    steps: [{ node: 'a', run: 'cat /sys/class/net/eth0/address' }],
    explanation: 'Because.',
  });
  expect(of(shown, 'name')?.solution?.steps).toEqual([{ node: 'a', run: 'hostname x' }]);
  expect(of(shown, 'why')).toMatchObject({ solution: null, hasSolution: false });
});

test('a tick that was earned stays beside what holds now', () => {
  const checks = [
    { id: 'named', verdict: 'pass' as const, message: null },
    { id: 'other', verdict: 'fail' as const, message: 'b is not so' },
  ];
  const outcome = { question: 'name', verdict: 'fail' as const, earned: 1, weight: 3, checks, message: null };
  const state = fold({ type: 'judged', attempt: null, given: null, outcome });
  expect(of(state, 'name', { ...running, holds: new Map([['name/named', false]]) })).toMatchObject({
    earned: 1,
    checks: [
      { id: 'named', state: 'pass', holds: false },
      { id: 'other', state: 'fail', holds: null, message: 'b is not so' },
    ],
  });
});

test('nodes: starting, stopped, without a container', () => {
  const states = (state: RunState, present: Present) =>
    viewRun(state, smallLab, present).nodes.map((node) => node.state);
  const starting: Present = { ...running, environment: { state: 'starting', title: '', steps: [] } };
  expect(states(fold(), starting)).toEqual(['starting', 'starting']);
  expect(states(fold(adopted), { ...running, stopped: ['b'] })).toEqual(['running', 'stopped']);
  expect(states(fold(), running)).toEqual(['stopped', 'stopped']);
});

test('a summary, also of a run whose lab is not there any more', () => {
  const whole = summarizeRun(fold(), smallLab, 'running');
  expect(RunSummary.parse(whole)).toEqual(whole);
  expect(whole.questions.map(({ kind }) => kind)).toEqual(['answer', 'choice', 'task', 'info']);
  expect(summarizeRun(fold(), null, 'failed')).toMatchObject({ title: 'Small', score: { earned: 0, max: 0 } });
  expect(attemptOf(whole)).toMatchObject({ run: 'small-abcde', state: 'open', max: 6 });
  expect(attemptOf(summarizeRun(fold({ type: 'finished' }), smallLab, 'running')).state).toBe('finished');
});
