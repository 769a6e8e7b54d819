import { z } from 'zod';
import { ExamReport } from '../../contract/models/exam.ts';
import { Seed } from '../../contract/models/run.ts';
import type { Stamp } from '../runs/journal/line.ts';

const section = z.object({
  topic: z.string(),
  lab: z.string(),
  seed: Seed,
  questions: z.array(z.object({ id: z.string(), points: z.number() })),
});

/** What an exam writes down. What happens in its environments stands in their runs' own journals. */
export const ExamRecordBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('created'),
    journal: z.int(),
    exam: z.string(),
    /** The exam's file, or the lab that is done against the clock. */
    source: z.string(),
    title: z.string(),
    minutes: z.number(),
    pass: z.number(),
    seed: Seed,
    sections: z.array(section).min(1),
    app: z.string(),
    attempt: z.string(),
  }),
  /** The run that holds a section's environment. */
  z.object({ type: z.literal('section'), section: z.int(), run: z.string() }),
  /** The first environment stands: the clock runs. */
  z.object({ type: z.literal('began') }),
  z.object({ type: z.literal('turned'), section: z.int(), question: z.string() }),
  /** Time given back, for an environment that was gone through no fault of the learner. */
  z.object({ type: z.literal('credited'), seconds: z.number(), reason: z.string() }),
  z.object({ type: z.literal('ended'), by: z.enum(['learner', 'time']) }),
  /** Every question has its verdict. The report stands here whole, so that it outlives changes of the labs. */
  z.object({ type: z.literal('graded'), report: ExamReport }),
]);
export type ExamRecordBody = z.infer<typeof ExamRecordBody>;
export type ExamRecord = ExamRecordBody & Stamp;
