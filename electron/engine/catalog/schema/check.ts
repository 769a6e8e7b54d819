import { z } from 'zod';
import { lookKeys } from './look.ts';
import { Id, Markdown, Value } from './words.ts';

/** The ways in which a check judges what its probe saw. Each check has exactly one. */
export const operators = ['equals', 'not', 'at-least', 'at-most', 'one-of', 'contains', 'matches', 'exists'] as const;
export type Operator = (typeof operators)[number];

const bound = z.union([z.number(), z.string()]);

/** One thing that must hold for a task. `deadline` is seconds. */
export const Check = z.strictObject({
  id: Id,
  text: Markdown.describe('What must hold; not how to do it'),
  weight: z.number().positive().max(100).default(1).describe('Its share of what the task earns'),
  needs: z.array(z.string()).default([]).describe('Checks that must hold before this one is asked'),
  ...lookKeys,
  equals: Value.optional(),
  not: Value.optional().describe('The opposite of equals; it also holds when nothing is seen'),
  'at-least': bound.optional(),
  'at-most': bound.optional(),
  'one-of': z.array(Value).min(1).optional(),
  contains: Value.optional(),
  matches: z.string().optional().describe('A regular expression in RE2 syntax: no look-around, no back-references'),
  exists: z.boolean().optional().describe('Whether there is anything at all'),
  deadline: z.number().positive().max(60).optional().describe('Seconds'),
  else: z.string().min(1).describe('What the learner reads when it does not hold'),
});
export type Check = z.infer<typeof Check>;
