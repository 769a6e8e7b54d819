import { z } from 'zod';

/** What one check of a task came to. `waiting`: what it needs does not hold yet, so it was not asked. */
export const CheckOutcome = z.object({
  id: z.string(),
  verdict: z.enum(['pass', 'fail', 'error', 'waiting']),
  /** For fail the lab's own `else`, for error what went wrong and what to do; otherwise null. */
  message: z.string().nullable(),
});
export type CheckOutcome = z.infer<typeof CheckOutcome>;

/** What a check, an answer or a choice came to. `error` is a fault of ours and never costs an attempt. */
export const Outcome = z.object({
  question: z.string(),
  verdict: z.enum(['pass', 'fail', 'error']),
  earned: z.number(),
  weight: z.number(),
  checks: z.array(CheckOutcome),
  message: z.string().nullable(),
});
export type Outcome = z.infer<typeof Outcome>;
