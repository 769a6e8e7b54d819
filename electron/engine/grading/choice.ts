import { LabError } from '../../contract/error.ts';
import type { Outcome, SeenView } from '../../contract/models/verdict.ts';
import type { ExpandedChoice } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import type { Scalar, ValueType } from '../probes/probe.ts';
import { canonical } from './compare/table.ts';
import { seenView } from './seen.ts';
import { look } from './truth.ts';
import { errored, failed, passed } from './verdict.ts';

/** An option as the learner sees it; frozen in the journal when it was first shown. */
export interface Option {
  readonly text: string;
  /** A value of the environment, in a fixed-width face. */
  readonly mono: boolean;
}

/** `redraw`: the right option is not among those that were shown any more. New ones are to be drawn, and no attempt is counted. */
export type ChoiceResult = { readonly kind: 'judged'; readonly outcome: Outcome } | { readonly kind: 'redraw' };

/**
 * Judges what was chosen of the offered options by the environment as it is now. A fault that is not the learner's is the verdict `error`.
 * Rejects with `bad-input` for a choice that was not offered, or several where one is asked.
 */
export const gradeChoice = async (
  environment: EnvironmentReader,
  question: ExpandedChoice,
  offered: readonly Option[],
  chosen: readonly string[],
): Promise<ChoiceResult> => {
  if (chosen.length === 0) return judged(failed(question, 'Choose an option first.'));
  try {
    const { type, right, seen } = await rightOf(environment, question);
    const options = new Map(offered.map(({ text }) => [meaning(type, text), text]));
    const picked = new Set(chosen.map((text) => meaning(type, text)));
    refuseUnoffered(question, options, picked, chosen);

    const shown = [...right].filter((form) => options.has(form));
    const complete = question.many ? shown.length === right.size : shown.length > 0;
    if (!complete) return { kind: 'redraw' };
    const pass = question.many
      ? picked.size === right.size && [...picked].every((form) => right.has(form))
      : [...picked].every((form) => right.has(form));
    return judged(pass ? passed(question, seen) : failed(question, 'Not yet.'));
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'bad-input') throw thrown;
    return judged(errored(question, thrown));
  }
};

/** What is right now, each in its canonical form. */
const rightOf = async (
  environment: EnvironmentReader,
  { options }: ExpandedChoice,
): Promise<{ type: ValueType; right: ReadonlySet<string>; seen: SeenView[] }> => {
  if (options.from === 'prose') {
    const right = options.list.filter((option) => option.right).map(({ text }) => meaning('text', text));
    return { type: 'text', right: new Set(right), seen: [] };
  }
  const seen = await look(environment, options.truth);
  const { type, values } = seen;
  if (values.length === 0) throw nothingRight(options.truth.node);
  const right = new Set(values.map((value) => meaning(type, value)));
  return { type, right, seen: [seenView(options.truth, seen)] };
};

/** Always something: a value that is not of its type means itself. */
export const meaning = (type: ValueType, value: Scalar): string => canonical(type, value) ?? String(value).trim();

export const nothingRight = (node: string): LabError =>
  new LabError(
    'probe-failed',
    `What this question asks about is not there on ${node} just now, so none of the options can be right.`,
    {
      hint: 'This costs nothing. If the question asks you to do something first, do it; if you removed it, put it back, or reset the environment with `patchbay reset RUN`.',
      data: { node },
    },
  );

const refuseUnoffered = (
  { many }: ExpandedChoice,
  options: ReadonlyMap<string, string>,
  picked: ReadonlySet<string>,
  chosen: readonly string[],
): void => {
  const stranger = [...picked].findIndex((form) => !options.has(form));
  if (stranger >= 0)
    throw new LabError('bad-input', `"${(chosen[stranger] ?? '').slice(0, 100)}" is not one of the options.`, {
      hint: `The options are: ${[...options.values()].join(', ')}.`,
    });
  if (!many && picked.size > 1) throw new LabError('bad-input', 'One option is asked for, and several were given.');
};

const judged = (outcome: Outcome): ChoiceResult => ({ kind: 'judged', outcome });
