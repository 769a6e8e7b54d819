import { randomUUID } from 'node:crypto';
import { runs as calls } from '../contract/calls.ts';
import { LabError } from '../contract/error.ts';
import type { ProofItem } from '../contract/models/proof.ts';
import type { Outcome } from '../contract/models/verdict.ts';
import { type Handlers, handle } from './host/hosted.ts';
import { Once } from './once.ts';
import { given } from './runs/given.ts';
import { type Prover, proveLab } from './runs/prove/prove.ts';
import type { Run } from './runs/run.ts';
import type { Runs } from './runs/runs.ts';
import type { Solver } from './runs/solver.ts';

/** What the contract offers of runs. */
export const runHandlers = (
  runs: Runs,
  solver: Solver,
  prover: Prover,
  tellItem: (item: ProofItem) => void,
): Handlers => {
  const after = async (id: string, work: (run: Run) => Promise<unknown>) => {
    const run = runs.get(id);
    await work(run);
    return run.view;
  };
  const solving = new Once<Outcome[]>();
  return {
    ...handle(calls.start, async ({ lab, seed, attempt }) => (await runs.start(lab, seed, attempt)).view),
    ...handle(calls.list, async () => ({ runs: runs.list() })),
    ...handle(calls.get, async ({ run }) => runs.get(run).view),
    ...handle(calls.ready, ({ run }) => after(run, (each) => each.environment.settled())),
    ...handle(calls.open, ({ run, question }) => after(run, (each) => each.open(question))),
    ...handle(calls.answer, ({ run, question, value, attempt }) =>
      runs.get(run).judge(question, given(value), attempt),
    ),
    ...handle(calls.check, async ({ run, question, attempt }) => ({
      outcomes: await check(runs.get(run), question, attempt),
    })),
    ...handle(calls.hint, ({ run, question, attempt }) => after(run, (each) => each.hint(question, attempt))),
    ...handle(calls.solution, ({ run, question }) => after(run, (each) => each.showSolution(question))),
    ...handle(calls.flag, ({ run, question, flagged }) =>
      after(run, (each) => each.record({ type: 'flagged', question: each.question(question).id, flagged })),
    ),
    ...handle(calls.solve, async ({ run, question, attempt }) => ({
      outcomes: await solving.do(attempt, () => solve(solver, runs.get(run), question, attempt)),
    })),
    ...handle(calls.reset, ({ run, attempt }) => after(run, (each) => each.reset(attempt))),
    ...handle(calls.mend, ({ run }) => after(run, (each) => each.mend())),
    ...handle(calls.pause, ({ run }) => after(run, (each) => each.environment.pause())),
    ...handle(calls.resume, ({ run }) => after(run, (each) => each.environment.goOn())),
    ...handle(calls.kubeconfig, async ({ run }) => ({ run, kubeconfig: await kubeconfig(runs.get(run)) })),
    // What is finished is not worked in any more: its nodes go, its history stays.
    ...handle(calls.finish, async ({ run }) => {
      const each = runs.get(run);
      await each.record({ type: 'finished' });
      await runs.destroy(run);
      return each.view;
    }),
    ...handle(calls.destroy, async ({ run }) => {
      await runs.destroy(run);
      return { run };
    }),
    ...handle(calls.prove, ({ lab, seeds, fresh }) => proveLab(prover, lab, seeds, fresh ?? false, tellItem)),
  };
};

const kubeconfig = async (run: Run): Promise<string> => {
  const found = await run.environment.reader().kubeconfig();
  if (found !== null) return found;
  throw new LabError('bad-input', `The lab ${run.lab.id} has no cluster.`, {
    hint: '`patchbay labs` says which labs are of kind kubernetes.',
  });
};

/** All questions: tasks are graded, what was answered before is graded again as it was answered; the rest is left, as what nobody has opened. */
const check = async (run: Run, question: string | undefined, attempt: string): Promise<Outcome[]> => {
  if (question !== undefined) return [await run.judge(question, lastGiven(run, question), attempt)];
  const gradable = run.lab.questions.filter(
    (each) => (each.kind === 'task' && !run.isUnopened(each.id)) || lastGiven(run, each.id) !== null,
  );
  return Promise.all(gradable.map((each) => run.judge(each.id, lastGiven(run, each.id), attempt || randomUUID())));
};

const lastGiven = (run: Run, question: string): readonly string[] | null =>
  run.question(question).kind === 'task' ? null : (run.state.questions[question]?.given ?? null);

/** What this attempt has solved before its connection was lost is not typed again. */
const solve = async (solver: Solver, run: Run, question: string | undefined, attempt: string): Promise<Outcome[]> => {
  const questions = question === undefined ? run.lab.questions : [run.question(question)];
  const pace = question === undefined ? 'at-once' : 'person';
  const outcomes: Outcome[] = [];
  for (const each of questions)
    outcomes.push(run.state.outcomes[`${attempt} ${each.id}`] ?? (await solver.solve(run, each, pace, attempt)));
  return outcomes;
};
