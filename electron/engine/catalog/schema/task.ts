import { z } from 'zod';
import { Check } from './check.ts';
import { gradedQuestion } from './everyQuestion.ts';
import { Step } from './steps.ts';

/** The solution with step `instead-of` (from 0) replaced; exactly the checks in `fails` must then not hold. */
export const WrongTask = z.strictObject({
  'instead-of': z.int().min(0).describe('The step of solve that this one replaces, from 0'),
  node: z.string(),
  run: z.string().min(1),
  fails: z.array(z.string()).min(1).describe('Exactly these checks must then not hold'),
  because: z.string().min(1),
});

export const TaskQuestion = z.strictObject({
  kind: z.literal('task'),
  ...gradedQuestion,
  checks: z.array(Check).min(1),
  solve: z.array(Step).min(1),
  'also-solved-by': z.array(z.array(Step).min(1)).default([]).describe('Other right ways'),
  'near-misses': z.array(WrongTask).default([]),
  undo: z
    .array(Step)
    .default([])
    .describe(
      'Takes back what solutions and near misses do, so that `prove` needs no fresh environment for each of them',
    ),
});
export type TaskQuestion = z.infer<typeof TaskQuestion>;
