import { LabError } from '../../contract/error.ts';
import type { ExpandedChoice } from '../catalog/expanded.ts';
import { type Draw, drawFor } from '../catalog/random.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { meaning, nothingRight, type Option } from './choice.ts';
import { look } from './truth.ts';

/** Whose options: the same seed of the same lab offers the same ones in the same order. */
export interface DrawnFor {
  readonly lab: string;
  readonly seed: number;
}

type LiveOptions = Extract<ExpandedChoice['options'], { from: 'live' }>;

/**
 * The options of a choice, to be frozen. Live ones: the truth, and other values of the environment that are not true, distinct by meaning.
 * Rejects with a LabError when the environment cannot be read, or holds no wrong value at all.
 */
export const drawOptions = async (
  environment: EnvironmentReader,
  question: ExpandedChoice,
  { lab, seed }: DrawnFor,
): Promise<Option[]> => {
  const draw = drawFor(seed, lab, `options of ${question.id}`);
  if (question.options.from === 'prose')
    return shuffled(draw, question.options.list).map(({ text }) => ({ text, mono: false }));
  return (await live(environment, question, question.options, draw)).map((text) => ({ text, mono: true }));
};

const live = async (
  environment: EnvironmentReader,
  { many, id }: ExpandedChoice,
  { truth, others, count }: LiveOptions,
  draw: Draw,
): Promise<string[]> => {
  const [right, ...rest] = await Promise.all([truth, ...others].map((each) => look(environment, each)));
  if (!right || right.values.length === 0) throw nothingRight(truth.node);
  const known = new Set(right.values.map((value) => meaning(right.type, value)));
  const wrong = new Map<string, string>();
  for (const value of rest.flatMap(({ values }) => values)) {
    const form = meaning(right.type, value);
    if (!known.has(form) && !wrong.has(form)) wrong.set(form, String(value));
  }
  if (wrong.size === 0) throw nothingWrong(id);

  // Sorted first, so that the draw hangs on the seed and not on which node answered first.
  const truths = shuffled(draw, right.values.map(String).sort()).slice(0, many ? right.values.length : 1);
  const distractors = shuffled(draw, [...wrong.values()].sort()).slice(0, Math.max(1, count - truths.length));
  return shuffled(draw, [...truths, ...distractors]);
};

/** Fisher and Yates. */
const shuffled = <Item>(draw: Draw, items: readonly Item[]): Item[] => {
  const rest = [...items];
  const drawn: Item[] = [];
  while (rest.length > 0) drawn.push(...rest.splice(draw.below(rest.length), 1));
  return drawn;
};

const nothingWrong = (question: string): LabError =>
  new LabError(
    'probe-failed',
    `Patchbay found nothing in the environment to offer beside the right option of "${question}".`,
    {
      hint: 'This costs nothing. Reset the environment with "Reset" or `patchbay reset RUN`.',
    },
  );
