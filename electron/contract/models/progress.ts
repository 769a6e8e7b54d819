import { z } from 'zod';
import { ErrorView } from '../error.ts';

/** One line of something that takes a while: a set-up, a start, a proof. Times are seconds. */
export const Step = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Seconds since the whole began at which this step began; null while it waits. */
  from: z.number().nullable(),
  /** Seconds that it took, or takes so far. */
  seconds: z.number().nullable(),
  /** Seconds that it usually takes; null when nobody has seen it yet. */
  usual: z.number().nullable(),
  /** What it is at just now: a file, a percentage, a node. */
  detail: z.string().nullable(),
  error: ErrorView.nullable(),
});
export type Step = z.infer<typeof Step>;
