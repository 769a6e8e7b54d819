import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedQuestion } from '../catalog/expanded.ts';
import { truthNow } from '../grading/seen.ts';
import { concludeQuestion } from './concludeQuestion.ts';
import type { Run } from './run.ts';
import { AT_THE_END, question as recordOf } from './state.ts';

/** Makes of a judgement what may be written down before an exam's end. */
export type SealOutcome = (outcome: Outcome) => string;

/** What an answer in an exam comes to, sealed: judged now, by the environment as it is, and told to nobody. A task is judged at the end alone: null. */
export const sealedJudgement = async (
  run: Run,
  asked: ExpandedQuestion,
  given: readonly string[] | null,
  seal: SealOutcome,
): Promise<string | null> =>
  asked.kind === 'task' ? null : seal(await withTruth(run, asked, await run.look(asked.id, given)));

/** What was true when a wrong answer was given, for the report: later the environment is another one, or gone. */
const withTruth = async (run: Run, asked: ExpandedQuestion, outcome: Outcome): Promise<Outcome> => {
  if (outcome.verdict !== 'fail' || !run.environment.live) return outcome;
  const seen = await truthNow(run.environment.reader(), asked).catch(() => undefined);
  return seen ? { ...outcome, seen: [...seen] } : outcome;
};

/**
 * The end of an exam: every question that was worked on gets its verdict, what was sealed as it was sealed, tasks as things are now. A fault of ours is
 * asked again, three times in all. Then the run is finished. Begun again after a crash, it goes on where it was.
 */
export const concludeRun = async (run: Run, unseal: (box: string, question: string) => Outcome): Promise<void> => {
  if (run.state.finishedAt !== null) return;
  for (const asked of run.lab.questions) {
    const { state, box, given } = recordOf(run.state, asked.id);
    const isOpen = state === 'open' || state === 'answered';
    if (!isOpen || asked.kind === 'info' || (state === 'open' && asked.kind !== 'task')) continue;
    // Its fault would lie in the way of what is judged after it.
    if (run.isUnopened(asked.id)) continue;
    const outcome = await concludeQuestion(
      () => (box === null ? null : unseal(box, asked.id)),
      () => run.look(asked.id, asked.kind === 'task' ? null : given),
    );
    await run.record({ type: 'judged', attempt: AT_THE_END, given: given && [...given], outcome });
  }
  await run.record({ type: 'finished' });
};
