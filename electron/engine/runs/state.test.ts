import { expect, test } from 'vitest';
import type { Outcome } from '../../contract/models/verdict.ts';
import type { JournalRecord, RecordBody } from './journal/record.ts';
import { createdRecord } from './samples.ts';
import { foldRun, question, type RunState, step } from './state.ts';

const minute = 60_000;
const record = (body: RecordBody, seq: number, at = seq * 1000): JournalRecord => ({
  seq,
  at: new Date(at).toISOString(),
  ...body,
});
const fold = (...bodies: RecordBody[]): RunState => {
  const state = foldRun([createdRecord, ...bodies].map((body, index) => record(body, index + 1)));
  if (!state) throw new Error('no state');
  return state;
};

const check = (id: string, verdict: Outcome['checks'][number]['verdict']) => ({ id, verdict, message: null });
const judged = (
  verdict: Outcome['verdict'],
  by: Partial<Outcome> = {},
  attempt: string | null = 'try',
  given: string[] | null = null,
): RecordBody => ({
  type: 'judged',
  attempt,
  given,
  outcome: {
    question: 'q',
    verdict,
    earned: verdict === 'pass' ? 2 : 0,
    weight: 2,
    checks: [],
    message: verdict,
    ...by,
  },
});

test('a journal without its first record is no run', () => {
  expect(foldRun([])).toBeNull();
  expect(foldRun([record({ type: 'reset' }, 1)])).toBeNull();
});

test('the environment: adopted, started, failed, reset, destroyed', () => {
  const adopted: RecordBody = { type: 'adopted', endpoint: 'unix:///x', nodes: { a: 'c1' } };
  const started: RecordBody = { type: 'started', seconds: 1 };
  expect(fold()).toMatchObject({ environment: 'starting', nodes: {} });
  expect(fold(adopted)).toMatchObject({ environment: 'starting', nodes: { a: 'c1' } });
  expect(fold(adopted, started)).toMatchObject({ environment: 'running', nodes: { a: 'c1' } });
  expect(fold(adopted, { type: 'failed', code: 'disk-full', message: '' })).toMatchObject({
    environment: 'failed',
    nodes: {},
  });
  expect(fold(adopted, started, { type: 'reset' })).toMatchObject({ environment: 'starting', nodes: {} });
  expect(fold(adopted, started, { type: 'destroyed' })).toMatchObject({
    environment: 'destroyed',
    nodes: {},
    finishedAt: new Date(4000).toISOString(),
  });
});

test('attempts count; an error is none; what came by itself is none', () => {
  const state = fold(
    judged('fail', {}, '1'),
    judged('error', {}, '2'),
    judged('fail', {}, null),
    judged('fail', {}, '3'),
  );
  expect(question(state, 'q')).toMatchObject({ attempts: 2, state: 'fail', earned: 0, message: 'fail' });
});

test('the same attempt is found again by its id and question', () => {
  const state = fold(judged('fail', {}, '1'), judged('pass', { question: 'r' }, '1'));
  expect(state.outcomes['1 q']).toMatchObject({ verdict: 'fail' });
  expect(state.outcomes['1 r']).toMatchObject({ verdict: 'pass' });
});

test('what was passed stays passed, with what was earned', () => {
  const state = fold(judged('pass', {}, '1', ['right']), judged('fail', {}, '2', ['wrong']), judged('error', {}, '3'));
  expect(question(state, 'q')).toMatchObject({ state: 'pass', earned: 2, attempts: 2, given: ['wrong'] });
});

test('a tick is latched: it stays when its check does not hold any more, and never fails a question by itself', () => {
  const state = fold(
    judged('fail', { checks: [check('one', 'pass'), check('two', 'fail')], earned: 1 }, null),
    judged('fail', { checks: [check('one', 'fail'), check('two', 'waiting')] }, null),
  );
  expect(question(state, 'q')).toMatchObject({ state: 'open', earned: 1, attempts: 0, lastAt: null });
  expect(question(state, 'q').checks).toMatchObject({ one: { verdict: 'pass' }, two: { verdict: 'waiting' } });
  expect(question(step(state, record(judged('pass', {}, null), 9)), 'q').state).toBe('pass');
});

test('a reset opens everything again, keeps flags and terminals, and remembers attempts that were judged', () => {
  const state = fold(
    { type: 'flagged', question: 'q', flagged: true },
    { type: 'drawn', question: 'q', options: ['x', 'y'] },
    { type: 'hinted', question: 'q' },
    { type: 'shown', question: 'q' },
    { type: 'terminal-opened', terminal: { id: 't', node: 'a', title: 'a 1' } },
    judged('pass', { checks: [check('one', 'pass')] }, '1', ['x']),
    { type: 'reset' },
  );
  expect(question(state, 'q')).toEqual({
    state: 'open',
    box: null,
    attempts: 0,
    earned: 0,
    given: null,
    message: null,
    lastAt: null,
    checks: {},
    options: null,
    hints: 0,
    solutionShown: false,
    flagged: true,
    seen: [],
  });
  expect(Object.keys(state.terminals)).toEqual(['t']);
  expect(state.outcomes['1 q']).toBeDefined();
});

test('hints, solution, options, flag and the open question', () => {
  const state = fold(
    { type: 'opened', question: 'q' },
    { type: 'hinted', question: 'q' },
    { type: 'hinted', question: 'q' },
    { type: 'shown', question: 'q' },
    { type: 'drawn', question: 'q', options: ['x'] },
    { type: 'drawn', question: 'q', options: ['y'] },
    { type: 'flagged', question: 'q', flagged: true },
    { type: 'flagged', question: 'q', flagged: false },
  );
  expect(state.current).toBe('q');
  expect(question(state, 'q')).toMatchObject({ hints: 2, solutionShown: true, options: ['y'], flagged: false });
});

test('terminals come, are renamed and go; one that nobody knows is passed over', () => {
  const terminal = { id: 't', node: 'a', title: 'a 1' };
  const opened: RecordBody = { type: 'terminal-opened', terminal };
  const renamed: RecordBody = { type: 'terminal-renamed', id: 't', title: 'mine' };
  expect(fold(opened, renamed).terminals).toEqual({ t: { ...terminal, title: 'mine' } });
  expect(fold(renamed).terminals).toEqual({});
  expect(fold(opened, { type: 'terminal-closed', id: 't' }).terminals).toEqual({});
  expect(fold(opened, { type: 'destroyed' }).terminals).toEqual({});
});

test('finished once: an end after it does not move the time', () => {
  expect(fold({ type: 'finished' }, { type: 'destroyed' }).finishedAt).toBe(new Date(2000).toISOString());
});

test('work is counted, a long absence only up to ten minutes, a clock that was turned back not at all', () => {
  const records = [
    record(createdRecord, 1, 0),
    record({ type: 'opened', question: 'q' }, 2, 3 * minute),
    record({ type: 'opened', question: 'r' }, 3, 600 * minute),
    record({ type: 'opened', question: 'q' }, 4, 2 * minute),
  ];
  expect(foldRun(records)?.worked).toBe(13 * minute);
});

test('what was read is kept from a pass or with the solution, and never from a fail', () => {
  const read = (value: string) => ({ node: 'a', probe: 'interface', of: 'eth0', field: 'address', values: [value] });
  const failed = judged('fail', { seen: [read('one')] }, '1', ['x']);
  expect(question(fold(failed), 'q').seen).toEqual([]);
  const shown = fold(failed, { type: 'shown', question: 'q', seen: [read('two')] });
  expect(question(shown, 'q').seen).toEqual([read('two')]);
  const passed = judged('pass', { checks: [{ ...check('one', 'pass'), seen: read('three') }] }, '2', ['y']);
  expect(question(fold(passed, failed), 'q').seen).toEqual([read('three')]);
});
