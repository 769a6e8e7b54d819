import { LabError } from '../../contract/error.ts';
import type { Outcome } from '../../contract/models/verdict.ts';
import type { ExpandedChoice, ExpandedQuestion } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { gradeAnswer } from '../grading/answer.ts';
import { gradeChoice, type Option } from '../grading/choice.ts';
import { drawOptions } from '../grading/drawOptions.ts';
import { gradeInfo } from '../grading/info.ts';
import { gradeTask } from '../grading/task.ts';
import { errored } from '../grading/verdict.ts';

export interface JudgedIn {
  readonly lab: string;
  readonly seed: number;
  /** Throws a LabError when there is no environment to read. */
  reader(): EnvironmentReader;
}

/** `options`: those that a choice shows from now on, because what was right is not among the old ones any more. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly options: readonly string[] | null;
}

/** The one place where a question's kind decides how it is judged. `given` is null where only checks are asked. Rejects for bad input only. */
export const judge = async (
  question: ExpandedQuestion,
  given: readonly string[] | null,
  options: readonly string[],
  place: JudgedIn,
): Promise<Judgement> => {
  if (question.kind === 'info') return { outcome: gradeInfo(question), options: null };
  refuseWrongShape(question, given);
  let reader: EnvironmentReader;
  try {
    reader = place.reader();
  } catch (thrown) {
    return { outcome: errored(question, thrown), options: null };
  }
  switch (question.kind) {
    case 'answer':
      return { outcome: await gradeAnswer(reader, question, given?.[0] ?? ''), options: null };
    case 'task':
      return { outcome: await gradeTask(reader, question), options: null };
    case 'choice':
      return judgeChoice(question, given ?? [], options, reader, place);
  }
};

/** Null for a question that has no options. */
export const drawFor = async (question: ExpandedQuestion, place: JudgedIn): Promise<readonly string[] | null> =>
  question.kind === 'choice' ? (await drawOptions(place.reader(), question, place)).map(({ text }) => text) : null;

const judgeChoice = async (
  question: ExpandedChoice,
  given: readonly string[],
  options: readonly string[],
  reader: EnvironmentReader,
  place: JudgedIn,
): Promise<Judgement> => {
  const offered: Option[] = options.map((text) => ({ text, mono: question.options.from === 'live' }));
  const result = await gradeChoice(reader, question, offered, given);
  if (result.kind === 'judged') return { outcome: result.outcome, options: null };
  const changed = new LabError(
    'conflict',
    'The environment has changed since these options were drawn, and none of them is right any more.',
    {
      hint: 'New ones are shown now; no attempt was counted.',
    },
  );
  return { outcome: errored(question, changed), options: await drawFor(question, place) };
};

const refuseWrongShape = (question: ExpandedQuestion, given: readonly string[] | null): void => {
  if (question.kind === 'answer' && given !== null && given.length !== 1) {
    throw new LabError('bad-input', `Question ${question.id} takes one answer, and ${given.length} were given.`);
  }
  if (question.kind === 'task' && given !== null) {
    throw new LabError('bad-input', `Question ${question.id} is a task: it is checked, not answered.`, {
      hint: `\`patchbay check RUN ${question.id}\` grades it.`,
    });
  }
  if (question.kind !== 'task' && given === null) {
    throw new LabError('bad-input', `Question ${question.id} needs an answer.`, {
      hint: `\`patchbay answer RUN ${question.id} VALUE\` gives it.`,
    });
  }
};
