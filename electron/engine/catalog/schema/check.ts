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
  text: Markdown,
  weight: z.number().positive().max(100).default(1),
  needs: z.array(z.string()).default([]),
  ...lookKeys,
  equals: Value.optional(),
  not: Value.optional(),
  'at-least': bound.optional(),
  'at-most': bound.optional(),
  'one-of': z.array(Value).min(1).optional(),
  contains: Value.optional(),
  matches: z.string().optional(),
  exists: z.boolean().optional(),
  deadline: z.number().positive().max(60).optional(),
  else: z.string().min(1),
});
export type Check = z.infer<typeof Check>;
