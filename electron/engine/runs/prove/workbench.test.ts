import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabError } from '../../../contract/error.ts';
import type { Step } from '../../catalog/schema.ts';
import type { Run } from '../run.ts';
import type { Runs } from '../runs.ts';
import { runsDouble } from '../runsDouble.ts';
import type { SiteDouble } from '../siteDouble.ts';
import { Solver } from '../solver.ts';
import { Workbench } from './workbench.ts';

/** Types nothing, but remembers what. */
class TypingDouble extends Solver {
  readonly typed: string[] = [];

  override async type(_run: Run, step: Step): Promise<string> {
    this.typed.push(step.node);
    return 'printed';
  }
}

let stateDir: string;
let runs: Runs;
let site: SiteDouble;
let run: Run;
let solver: TypingDouble;
let bench: Workbench;
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'patchbay-bench-'));
  ({ runs, site } = runsDouble(stateDir));
  await runs.open();
  run = await runs.start('switching', 7, 'proof', 'proof');
  solver = new TypingDouble(() => Promise.reject(new Error('no terminals here')));
  bench = new Workbench(run, solver, 0);
  await bench.ready();
});
afterEach(async () => {
  await runs.close();
  rmSync(stateDir, { recursive: true });
});

const nodes = () => Object.values(run.state.nodes);

test('before a question the tasks that it comes after are solved, in their order, in a fresh environment', async () => {
  const fresh = nodes();
  await bench.before(run.question('mac'));
  expect(nodes()).toEqual(fresh);
  await bench.before(run.question('port'));
  expect(solver.typed).toEqual(['elm', 'elm']);
  expect(nodes()).toEqual(fresh);
  solver.typed.length = 0;
  await bench.before(run.question('neighbour'));
  expect(solver.typed).toEqual(['ash', 'ash']);
  expect(nodes().some((id) => fresh.includes(id))).toBe(false);
});

test('an environment in which just that is solved already is kept, one in which more was typed is not', async () => {
  const fresh = nodes();
  await bench.before(run.question('port'));
  await bench.print({ node: 'oak', run: 'true' });
  await bench.before(run.question('port'));
  expect(solver.typed).toEqual(['elm', 'elm', 'oak']);
  expect(nodes()).toEqual(fresh);
  await bench.type([{ node: 'oak', run: 'true' }]);
  await bench.before(run.question('port'));
  expect(nodes()).not.toEqual(fresh);
});

test('reading leaves the environment as it is, typing asks for a new one', async () => {
  const fresh = nodes();
  const step = { node: 'oak', run: 'true' };
  expect(await bench.print(step)).toBe('printed');
  await bench.reset();
  expect(nodes()).toEqual(fresh);
  await bench.type([step, step]);
  await bench.reset();
  expect(nodes()).not.toEqual(fresh);
});

test('an environment that does not come up ends the proof with the reason', async () => {
  await bench.type([{ node: 'oak', run: 'true' }]);
  site.docker.before = (operation) => {
    if (operation.startsWith('create')) throw new LabError('disk-full', 'The disk is full.');
  };
  await expect(bench.reset()).rejects.toMatchObject({ code: 'disk-full' });
});

test('after its end it makes nothing in the run any more', async () => {
  bench.end();
  await expect(bench.type([{ node: 'oak', run: 'true' }])).rejects.toMatchObject({ code: 'conflict' });
  await expect(bench.reset()).rejects.toMatchObject({ code: 'conflict' });
  expect(solver.typed).toEqual([]);
});

test('a task that says how it is taken back needs no fresh environment for its next way', async () => {
  const task = run.question('wake');
  if (task.kind !== 'task') throw new Error('wake is no task any more');
  const undoable = { ...task, undo: [{ node: 'sw', run: 'true' }] };
  const outcome = { question: 'wake', earned: 0, weight: 1, checks: [], message: null };
  bench.look = async () => ({ ...outcome, verdict: 'fail' });
  const fresh = nodes();
  await bench.before(undoable);
  await bench.type(task.solve);
  await bench.before(undoable);
  expect(solver.typed.at(-1)).toBe('sw');
  expect(nodes()).toEqual(fresh);
  await bench.reset();
  expect(nodes()).toEqual(fresh);
});

test('what does not take it back is a fault of the lab, and the next time the environment is fresh', async () => {
  const task = run.question('wake');
  if (task.kind !== 'task') throw new Error('wake is no task any more');
  const undoable = { ...task, undo: [{ node: 'sw', run: 'true' }] };
  await bench.before(undoable);
  await bench.type(task.solve);
  bench.look = async () => ({ question: 'wake', verdict: 'pass', earned: 1, weight: 1, checks: [], message: null });
  await expect(bench.before(undoable)).rejects.toMatchObject({ code: 'lab-invalid' });
  const fresh = nodes();
  await bench.before(undoable);
  expect(nodes()).not.toEqual(fresh);
});
