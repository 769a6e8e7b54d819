import { expect, test } from 'vitest';
import { checkTally, countedTally, playwrightTally, proofTally, summary, vitestTally } from './test-tally.mjs';

const fine = { code: 0, timedOut: false };

test('the last line is the count alone, with failures and reasons of skips above it', () => {
  const lines = summary([
    { passed: 3, failed: [], skipped: ['docker: all of it, because no engine answers'] },
    { passed: 1, failed: ['unit: adds'], skipped: [] },
  ]);
  expect(lines).toEqual([
    'skipped  docker: all of it, because no engine answers',
    'FAILED   unit: adds',
    '4 passed, 1 failed, 1 skipped',
  ]);
});

test('Vitest: every state counts, and a file that does not load is a failure', () => {
  const result = (fullName: string, status: string) => ({ fullName, status });
  const tally = vitestTally({
    testResults: [
      { name: 'a.test.ts', status: 'failed', assertionResults: [result('a', 'passed'), result('b', 'failed')] },
      { name: 'b.test.ts', status: 'passed', assertionResults: [result('c', 'skipped'), result('d', 'todo')] },
      { name: 'c.test.ts', status: 'failed', message: 'Cannot find module\nstack', assertionResults: [] },
    ],
  });
  expect(tally).toEqual({ passed: 1, failed: ['b', 'c.test.ts: Cannot find module'], skipped: ['c', 'd'] });
});

test('Playwright: nested suites, reasons of skips, a flaky test is a failure', () => {
  const spec = (title: string, status: string, description?: string) => ({
    title,
    tests: [{ projectName: 'page', status, annotations: description ? [{ type: 'skip', description }] : [] }],
  });
  const inner = { title: 'lab', specs: [spec('is solved', 'expected'), spec('wobbles', 'flaky')] };
  const tally = playwrightTally({
    suites: [{ title: 'lab.spec.ts', specs: [spec('window', 'skipped', 'no runtime')], suites: [inner] }],
    errors: [{ message: 'global set-up failed' }],
  });
  expect(tally).toEqual({
    passed: 1,
    failed: ['[page] lab.spec.ts lab wobbles', 'global set-up failed'],
    skipped: ['[page] lab.spec.ts window: no runtime'],
  });
});

test('the parts of check and the claims of proofs count one by one', () => {
  expect(
    checkTally([
      { name: 'types', ok: true },
      { name: 'style', ok: false },
    ]),
  ).toMatchObject({ passed: 1, failed: ['style'] });
  const item = { question: 'q1', claim: 'open before', detail: '' };
  const proof = {
    lab: 'routing',
    holds: false,
    items: [
      { ...item, holds: true },
      { ...item, holds: false, detail: 'it passed' },
    ],
  };
  expect(proofTally([proof])).toEqual({ passed: 1, failed: ['routing q1: open before: it passed'], skipped: [] });
  expect(proofTally([{ lab: 'routing', holds: false, items: [] }]).failed).toHaveLength(1);
  expect(proofTally([]).failed).toHaveLength(1);
});

test.each([
  ['no report', null, fine],
  ['a bad exit without a failed test', { passed: 5, failed: [], skipped: [] }, { code: 1, timedOut: false }],
  ['its time limit', null, { code: 1, timedOut: true }],
  ['no test at all', { passed: 0, failed: [], skipped: [] }, fine],
])('a runner with %s counts as a failure', (_, tally, ended) => {
  expect(countedTally('docker', tally, ended).failed).toHaveLength(1);
});

test('a runner that went well adds nothing of its own', () => {
  const tally = { passed: 5, failed: [], skipped: ['x'] };
  expect(countedTally('unit', tally, fine)).toEqual({ passed: 5, failed: [], skipped: ['unit: x'] });
});
