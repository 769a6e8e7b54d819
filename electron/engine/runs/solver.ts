import { LabError } from '../../contract/error.ts';
import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedQuestion } from '../catalog/expanded.ts';
import type { Step } from '../catalog/schema.ts';
import type { Terminals } from '../terminals/terminals.ts';
import { typeCommand } from '../terminals/typing.ts';
import { rightOptions } from './rightOptions.ts';
import type { Run } from './run.ts';
import { question as recordOf } from './state.ts';

/** A command of a solution that takes longer has gone wrong. Milliseconds. */
const PATIENCE = 30_000;
const SIZE = { cols: 120, rows: 30 };

export type Pace = 'person' | 'at-once';

/** Types solutions into the real terminals of a run, the ones that a learner sees where there are some. */
export class Solver {
  readonly #terminals: () => Promise<Terminals>;

  constructor(terminals: () => Promise<Terminals>) {
    this.#terminals = terminals;
  }

  /** Types what solves the question, or gives the right answer, and judges it like any other. */
  async solve(run: Run, question: ExpandedQuestion, pace: Pace, attempt: string): Promise<Outcome> {
    await run.prepare(question.id);
    switch (question.kind) {
      case 'info':
        return run.judge(question.id, [], attempt);
      case 'choice': {
        await run.open(question.id);
        const offered = recordOf(run.state, question.id).options ?? [];
        return run.judge(question.id, await rightOptions(question, offered, run.environment.reader()), attempt);
      }
      case 'answer':
        return run.judge(question.id, [await this.type(run, question.solve, pace)], attempt);
      case 'task':
        for (const step of question.solve) await this.type(run, step, pace);
        return run.judge(question.id, null, attempt);
    }
  }

  /** Resolves with what the command printed, trimmed. Its exit code is not judged: a solution is judged by its effect. */
  async type(run: Run, step: Step, pace: Pace): Promise<string> {
    const terminals = await this.#terminals();
    const standing = await atPrompt(terminals, run.id, step.node);
    const id = standing ?? (await terminals.open({ run: run.id, node: step.node }, SIZE)).id;
    const { exit, output } = await typeCommand(terminals.get(id), step.run, { deadlineMs: PATIENCE, pace });
    if (exit === 127)
      throw new LabError('lab-invalid', `The solution's command is not there on ${step.node}: ${step.run}`);
    return output.trim();
  }
}

/** A terminal of the node whose prompt stands: one in which the learner has something open is left alone. */
const atPrompt = async (terminals: Terminals, run: string, node: string): Promise<string | null> => {
  const live = (await terminals.list(run)).filter((terminal) => terminal.node === node && terminal.state === 'live');
  for (const { id } of live) if ((await terminals.get(id).lastMark()) === 'B') return id;
  return null;
};
