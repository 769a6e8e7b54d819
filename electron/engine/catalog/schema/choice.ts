import { z } from 'zod';
import { gradedQuestion } from './everyQuestion.ts';
import { Look } from './look.ts';

/** Options drawn from live state: `truth` is right, the rest of what `from` sees is wrong. */
export const Choose = z.strictObject({
  truth: Look,
  from: z.union([Look, z.array(Look).min(1)]),
  count: z.int().min(2).max(8).default(4),
});

export const ProseOption = z.strictObject({ text: z.string().min(1), right: z.boolean().default(false) });

/** Exactly one of `choose` and `options`. `many`: all right ones must be chosen and no other. */
export const ChoiceQuestion = z.strictObject({
  kind: z.literal('choice'),
  ...gradedQuestion,
  many: z.boolean().default(false),
  choose: Choose.optional(),
  options: z.array(ProseOption).min(2).max(8).optional(),
});
export type ChoiceQuestion = z.infer<typeof ChoiceQuestion>;
