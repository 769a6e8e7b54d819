import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { Catalog } from '../catalog/catalog.ts';
import { Labs } from '../labs.ts';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import type { Run } from '../runs/run.ts';
import type { Runs } from '../runs/runs.ts';
import { runsDouble } from '../runs/runsDouble.ts';
import { type SiteDouble, siteDouble } from '../runs/siteDouble.ts';
import { ExamClock } from './clock.ts';
import type { Exam } from './exam.ts';
import { Exams } from './exams.ts';
import { timedLab } from './sittingPlan.ts';

const labs = new Labs(new Catalog([join(productRoot(), 'labs')], probes));
const MINUTE = 60_000;
/** Which option of the lab's written choice is right: what must not be found anywhere before the end is the word about it. */
const right = 'ash has no route to the network of oak: its own address belongs to another network';

let stateDir: string;
let site: SiteDouble;
let runs: Runs;
let exams: Exams;
let now: number;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'patchbay-exams-'));
  site = siteDouble();
  now = Date.parse('2026-01-01T10:00:00Z');
  vi.useFakeTimers({ now, toFake: ['Date'] });
  return open();
});
afterEach(async () => {
  await close();
  vi.useRealTimers();
  rmSync(stateDir, { recursive: true });
});

/** An engine's exams; with `close` and `open` again, the next engine's. */
const open = async () => {
  const changed = (run: Run) => exams.onRun(run);
  const nothing = () => undefined;
  ({ runs } = runsDouble(stateDir, site, {
    events: { changed, renewed: async () => undefined, revived: nothing, removed: nothing },
  }));
  exams = new Exams({
    stateDir,
    appVersion: '0',
    runs,
    plan: (name) => timedLab(labs.get(name)),
    clock: new ExamClock({ now: () => Date.now(), monotonic: () => 0 }),
    changed: nothing,
    removed: nothing,
  });
  await runs.open();
  await exams.open();
  await exams.resume();
};
const close = async () => {
  await exams.close();
  await runs.close();
};
const pass = (ms: number) => {
  now += ms;
  vi.setSystemTime(now);
};

const begun = async (attempt = 'one'): Promise<Exam> => {
  const exam = await exams.start('switching', 7, attempt);
  await expect.poll(() => exam.view.phase).toBe('sitting');
  return exam;
};
const answerRight = (exam: Exam, attempt = 'a') => exam.hand(0, 'stranger', [right], attempt);
const rowOf = (exam: Exam, id: string) => exam.report().questions.find((it) => it.id === id);
const everyFile = () =>
  ['runs', 'exams']
    .flatMap((kind) => readdirSync(join(stateDir, kind)).map((id) => join(stateDir, kind, id, 'journal.ndjson')))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

test('the clock begins with the environment, and the first question stands open then', async () => {
  const exam = await exams.start('switching', 7, 'one');
  expect(exam.view).toMatchObject({ phase: 'preparing', leftMs: exam.view.minutes * MINUTE });
  await expect.poll(() => exam.view.phase).toBe('sitting');
  await expect.poll(() => exam.view.current).toEqual({ section: 0, question: 'start' });
  pass(5 * MINUTE);
  expect(exam.view.leftMs / MINUTE).toBeCloseTo(exam.view.minutes - 5, 1);
});

test('until the end no verdict stands anywhere, whatever one asks', async () => {
  const exam = await begun();
  await answerRight(exam);
  const run = runs.get(exam.view.sections[0]?.run ?? '');
  expect(run.view.questions.find(({ id }) => id === 'stranger')).toMatchObject({
    state: 'answered',
    given: [right],
    message: null,
    earned: 0,
    hasSolution: false,
    hints: { total: 0 },
  });
  expect(run.view.questions.flatMap((it) => (it.kind === 'task' ? it.checks : []))).toEqual([]);
  expect(JSON.stringify([exam.view, run.view])).not.toMatch(/"verdict"|"pass":true/);
  expect(everyFile()).not.toMatch(/verdict|"earned"|outcome/);
  expect(() => exam.report()).toThrow('not over');
  expect(() => run.judge('stranger', [right], 'x')).toThrow('nothing in it is judged');
  expect(() => run.hint('stranger', 'x')).toThrow('helped');
  await expect(run.showSolution('stranger')).rejects.toThrow('helped');
  await expect(run.reset('x')).rejects.toThrow('reset');
});

test('the last answer counts, and what was sealed is what it was when it was given', async () => {
  const exam = await begun();
  const run = runs.get(exam.view.sections[0]?.run ?? '');
  await exam.open(0, 'stranger');
  const asked = run.view.questions.find(({ id }) => id === 'stranger');
  const wrong = asked?.kind === 'choice' ? asked.options.find(({ text }) => text !== right)?.text : undefined;
  await exam.hand(0, 'stranger', [wrong ?? ''], 'a');
  await answerRight(exam, 'b');
  await exam.end('learner');
  expect(rowOf(exam, 'stranger')).toMatchObject({ verdict: 'pass', given: [right] });
  expect(rowOf(exam, 'broadcast')).toMatchObject({ verdict: 'not-answered', earned: 0 });
  expect(exam.view.phase).toBe('over');
  await expect(answerRight(exam, 'c')).rejects.toMatchObject({ code: 'conflict' });
  expect(site.docker.names.filter((name) => name.includes('switching'))).toEqual([]);
});

test('an answer that is sent again counts once', async () => {
  const exam = await begun();
  await Promise.all([answerRight(exam, 'same'), answerRight(exam, 'same')]);
  await answerRight(exam, 'same');
  expect(everyFile().match(/"type":"handed"/g)).toHaveLength(1);
});

test('what could not be graded three times over is left out of the maximum and said', async () => {
  const exam = await begun();
  await answerRight(exam);
  await exam.hand(0, 'mac', ['02:00:00:00:00:01'], 'b');
  await exam.end('learner');
  const report = exam.report();
  expect(rowOf(exam, 'mac')).toMatchObject({ verdict: 'not-graded', earned: 0 });
  const left = report.questions.filter(({ verdict }) => verdict === 'not-graded');
  const points = left.reduce((sum, it) => sum + it.points, 0);
  expect(report.max).toBeCloseTo(100 - points, 0);
});

test('the next engine goes on with the same answers and the same clock; a closed app costs time', async () => {
  const exam = await begun();
  await answerRight(exam);
  await exam.flag(0, 'broadcast', true);
  pass(3 * MINUTE);
  await close();
  pass(4 * MINUTE);
  await open();
  const again = exams.get(exam.id);
  expect(again.view.phase).toBe('sitting');
  expect(again.view.leftMs / MINUTE).toBeCloseTo(exam.view.minutes - 7, 1);
  expect(again.view.questions.find(({ id }) => id === 'stranger')?.answered).toBe(true);
  expect(again.view.questions.find(({ id }) => id === 'broadcast')?.flagged).toBe(true);
  await again.end('learner');
  expect(rowOf(again, 'stranger')?.verdict).toBe('pass');
});

test('an exam whose time ran out while no engine was there is over with the next one', async () => {
  const exam = await begun();
  await answerRight(exam);
  await close();
  pass(300 * MINUTE);
  await open();
  const again = exams.get(exam.id);
  await expect.poll(() => again.view.phase).toBe('over');
  expect(again.report()).toMatchObject({ endedBy: 'time' });
  expect(rowOf(again, 'stranger')?.verdict).toBe('pass');
});

test('when time is up nothing is taken any more', async () => {
  const exam = await begun();
  pass((exam.view.minutes + 1) * MINUTE);
  await expect(answerRight(exam)).rejects.toThrow('Time is up');
  await expect.poll(() => exam.view.phase).toBe('over');
});

test('the time in which Docker was gone is given back and noted', async () => {
  const exam = await begun();
  const run = runs.get(exam.view.sections[0]?.run ?? '');
  runs.onDockerLost(new LabError('docker-missing', 'Docker stopped answering.'));
  pass(90_000);
  await run.environment.resume();
  await expect.poll(() => exam.view.credits).toHaveLength(1);
  expect(exam.view.credits[0]).toMatchObject({ seconds: 90, reason: 'Docker stopped answering.' });
  expect(exam.view.leftMs / MINUTE).toBeCloseTo(exam.view.minutes, 1);
});

test('one exam at a time; the same start again is the same exam; practice shows none of it', async () => {
  const exam = await begun();
  await expect(exams.start('routing', 8, 'two')).rejects.toMatchObject({ code: 'conflict' });
  expect(await exams.start('switching', 7, 'one')).toBe(exam);
  expect(runs.list()).toEqual([]);
});

test('an exam whose journal is damaged is left as it lies, and the engine starts without it', async () => {
  const exam = await begun();
  await close();
  const path = join(stateDir, 'exams', exam.id, 'journal.ndjson');
  const damaged = readFileSync(path, 'utf8').replace('"began"', '"egan"');
  writeFileSync(path, damaged);
  await open();
  expect(() => exams.get(exam.id)).toThrow('no exam');
  expect(readFileSync(path, 'utf8')).toBe(damaged);
});

test('forgotten, nothing of it stays', async () => {
  const exam = await begun();
  await answerRight(exam);
  await exams.forget(exam.id);
  expect(readdirSync(join(stateDir, 'exams'))).toEqual([]);
  expect(readdirSync(join(stateDir, 'runs'))).toEqual([]);
  expect(existsSync(join(stateDir, 'keys', exam.id))).toBe(false);
  expect(() => exams.get(exam.id)).toThrow('no exam');
});
