import { z } from 'zod';
import { gradedQuestion } from './everyQuestion.ts';
import { lookKeys } from './look.ts';
import { Step } from './steps.ts';
import { Value } from './words.ts';

/** What an answer is compared as. */
export const answerTypes = ['text', 'mac', 'ip', 'cidr', 'port', 'count', 'path', 'name', 'interface'] as const;
export const AnswerType = z.enum(answerTypes);
export type AnswerType = z.infer<typeof AnswerType>;

const optionalLook = { ...lookKeys, probe: z.string().optional(), node: z.string().optional() };

/** The truth: a look at the live environment, or `equals`, which must come from a variable. */
export const Truth = z.strictObject({ type: AnswerType, ...optionalLook, equals: z.string().optional() });

/** An answer that is almost right and must fail: a `value` or what a look sees. */
export const WrongAnswer = z.strictObject({ value: Value.optional(), ...optionalLook, because: z.string().min(1) });

export const AnswerQuestion = z.strictObject({
  kind: z.literal('answer'),
  ...gradedQuestion,
  answer: Truth,
  'near-misses': z.array(WrongAnswer).default([]),
  /** One step; what it prints is the answer. */
  solve: Step,
});
export type AnswerQuestion = z.infer<typeof AnswerQuestion>;
