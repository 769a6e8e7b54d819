import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Catalog } from '../catalog/catalog.ts';
import type { Lab } from '../catalog/lab.ts';
import { Labs } from '../labs.ts';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';
import { runsDouble } from './runsDouble.ts';
import { type SiteDouble, siteDouble } from './siteDouble.ts';

/** A lab of ours in which one task breaks something, and another one that comes after it does too. */
const switching = new Labs(new Catalog([join(productRoot(), 'labs')], probes)).get('switching');
const tasks = switching.questions.filter((question) => question.kind === 'task').map(({ id }) => id);
const [first = '', second = ''] = tasks;
const lab: Lab = {
  ...switching,
  questions: switching.questions.map((question) => {
    if (question.id === first) return { ...question, after: [], break: [{ node: 'elm', run: 'break first' }] };
    return question.id === second
      ? { ...question, after: [first], break: [{ node: 'oak', run: 'break second' }] }
      : question;
  }),
};

let stateDir: string;
let runs: Runs;
let site: SiteDouble;
let run: Run;
let ran: string[];
/** What Docker answers next to a line. */
let exit: number;

const open = async () => {
  ({ runs } = runsDouble(stateDir, site, { lab: async () => lab }));
  await runs.open();
};
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'patchbay-breaks-'));
  site = siteDouble();
  ran = [];
  exit = 0;
  site.docker.execToEnd = async (_id, _command, { stdin = '' }) => {
    ran.push(stdin.split('\0')[2] ?? '');
    return { exit, stdout: exit === 0 ? '' : '0 1\nwhy\n', stderr: '' };
  };
  await open();
  run = await runs.start('switching', 7, 'one');
  await run.environment.settled();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await runs.close();
  rmSync(stateDir, { recursive: true });
});

test('opening a question breaks what it is about once, in two windows and by the next engine too', async () => {
  expect(run.isUnopened(first)).toBe(true);
  await Promise.all([run.open(first), run.open(first)]);
  await run.open(first);
  expect(ran).toEqual(['break first']);
  expect(run.isUnopened(first)).toBe(false);
  await runs.close();
  await open();
  await vi.waitFor(() => expect(runs.get(run.id).environment.live).not.toBeNull());
  await runs.get(run.id).open(first);
  expect(ran).toEqual(['break first']);
});

test('after a reset it is broken anew, when it is opened', async () => {
  await run.open(first);
  await run.reset();
  expect(run.isUnopened(first)).toBe(true);
  await run.open(first);
  expect(ran).toEqual(['break first', 'break first']);
});

test('what comes after another question waits for that one, unless it is judged', async () => {
  await run.open(second);
  expect(ran).toEqual([]);
  await run.judge(second, null, 'look');
  expect(ran).toEqual(['break second']);
});

test('nothing that is shown or told holds a command', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  await run.open(first);
  expect(JSON.stringify(run.view)).not.toContain('break first');
  await run.reset();
  exit = 3;
  const failure = await run.open(first).catch((error) => error);
  expect(failure).toMatchObject({ code: 'environment-failed', data: { node: 'elm', question: first } });
  expect(JSON.stringify([failure.message, failure.hint, failure.data, failure.cause])).not.toContain('break first');
});

test('a fault that could not be made is an error and no wrong answer, and is tried again', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  exit = 3;
  const outcome = await run.judge(first, null, 'one');
  expect(outcome.verdict).toBe('error');
  expect(run.state.questions[first]?.attempts).toBe(0);
  exit = 0;
  await run.judge(first, null, 'two');
  expect(run.isUnopened(first)).toBe(false);
});
