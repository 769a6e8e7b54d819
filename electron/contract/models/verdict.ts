import { z } from 'zod';

/** What a probe read of the live environment: `interface` of `eth0` on `oak`, its `address`: the values. Long ones are cut. */
export const SeenView = z.object({
  node: z.string(),
  probe: z.string(),
  /** What the probe was asked about, in words; may be empty. */
  of: z.string(),
  field: z.string(),
  values: z.array(z.string()),
});
export type SeenView = z.infer<typeof SeenView>;

/** What one check of a task came to. `waiting`: what it needs does not hold yet, so it was not asked. */
export const CheckOutcome = z.object({
  id: z.string(),
  verdict: z.enum(['pass', 'fail', 'error', 'waiting']),
  /** For fail the lab's own `else`, for error what went wrong and what to do; otherwise null. */
  message: z.string().nullable(),
  /** Of one that passed. */
  seen: SeenView.optional(),
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
  /** Of an answer or a choice that passed: the truth as it was read. */
  seen: z.array(SeenView).optional(),
});
export type Outcome = z.infer<typeof Outcome>;
