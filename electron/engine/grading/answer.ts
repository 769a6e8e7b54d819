import { LabError } from '../../contract/error.ts';
import type { Outcome, SeenView } from '../../contract/models/verdict.ts';
import type { ExpandedAnswer, Source } from '../catalog/expanded.ts';
import type { AnswerType } from '../catalog/schema.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import type { Scalar } from '../probes/probe.ts';
import { canonical, readers } from './compare/table.ts';
import { seenView } from './seen.ts';
import { look } from './truth.ts';
import { errored, failed, passed } from './verdict.ts';

/**
 * Judges a typed answer by the environment as it is now. Never rejects: what is not the learner's fault is the verdict `error`.
 * Every value that the truth's look sees is right. A text that is no such value fails with a message that says what was expected.
 */
export const gradeAnswer = async (
  environment: EnvironmentReader,
  question: ExpandedAnswer,
  given: string,
): Promise<Outcome> => {
  if (given.trim() === '') return failed(question, 'Type an answer first.');
  const answer = canonical(question.type, given);
  if (answer === null) return failed(question, readers[question.type].unreadable);
  try {
    const { forms: right, seen } = await meanings(environment, question, question.truth);
    if (right.size === 0) throw noTruth(question);
    if (right.has(answer)) return passed(question, seen);
    return failed(question, await kindly(environment, question, answer));
  } catch (thrown) {
    return errored(question, thrown);
  }
};

interface Meanings {
  readonly forms: ReadonlySet<string>;
  readonly seen: SeenView[];
}

/** The canonical forms of what a source says now, and what was read for it. */
const meanings = async (
  environment: EnvironmentReader,
  { type }: ExpandedAnswer,
  source: Source,
): Promise<Meanings> => {
  if (source.from === 'value') return { forms: canonicalForms(type, [source.value]), seen: [] };
  const seen = await look(environment, source.look);
  return { forms: canonicalForms(type, seen.values), seen: [seenView(source.look, seen)] };
};

const canonicalForms = (type: AnswerType, values: readonly Scalar[]): ReadonlySet<string> =>
  new Set(values.map((value) => canonical(type, value)).filter((form) => form !== null));

/** For an answer that is wrong in a way that the lab foresaw, it says in which. */
const kindly = async (environment: EnvironmentReader, question: ExpandedAnswer, answer: string): Promise<string> => {
  for (const miss of question.nearMisses) {
    // Only the wording hangs on it: a near miss that cannot be read must not spoil the verdict.
    const wrong = await meanings(environment, question, miss).catch(() => null);
    if (wrong?.forms.has(answer)) return `Not yet: ${miss.because.trim().replace(/\.$/, '')}.`;
  }
  return 'Not yet.';
};

const noTruth = ({ truth }: ExpandedAnswer): LabError => {
  if (truth.from === 'value')
    return new LabError('lab-invalid', 'The right answer in this lab is no such value itself.');
  const { probe, node } = truth.look;
  return new LabError(
    'probe-failed',
    `What this question asks about (${probe} on ${node}) is not there just now, so there is nothing to compare your answer with.`,
    {
      hint: 'This costs nothing. If the question asks you to do something first, do it and answer again; if you removed it, put it back, or reset the environment with `patchbay reset RUN`.',
      data: { node, probe },
    },
  );
};
