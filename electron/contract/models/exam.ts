import { z } from 'zod';
import { Mistake } from './lab.ts';
import { EnvironmentView, Seed } from './run.ts';
import { CheckOutcome, SeenView } from './verdict.ts';

/** An exam as the catalog shows it. */
export const ExamCard = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ok'),
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    about: z.string(),
    minutes: z.number(),
    /** Per cent. */
    pass: z.number(),
    parts: z.array(z.object({ topic: z.string(), questions: z.number(), weight: z.number() })),
  }),
  z.object({ state: z.literal('broken'), id: z.string(), mistakes: z.array(Mistake) }),
]);
export type ExamCard = z.infer<typeof ExamCard>;

/** A question in the list of an exam; its text is in its run. */
export const ExamQuestion = z.object({
  /** From 1, through all sections. */
  number: z.number(),
  section: z.number(),
  run: z.string().nullable(),
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  /** Per cent of the whole exam; 0 for what is only to be read. */
  points: z.number(),
  answered: z.boolean(),
  flagged: z.boolean(),
});
export type ExamQuestion = z.infer<typeof ExamQuestion>;

/** `preparing`: its first environment is being made, the clock stands. `grading`: time is up, verdicts are being read. */
export const ExamPhase = z.enum(['preparing', 'sitting', 'grading', 'over']);
export type ExamPhase = z.infer<typeof ExamPhase>;

export const ExamView = z.object({
  id: z.string(),
  source: z.string(),
  title: z.string(),
  seed: Seed,
  phase: ExamPhase,
  /** Per cent. */
  pass: z.number(),
  minutes: z.number(),
  /** Milliseconds left when this was told; the page counts on from there. */
  leftMs: z.number(),
  credits: z.array(z.object({ seconds: z.number(), reason: z.string(), at: z.string() })),
  sections: z.array(
    z.object({
      topic: z.string(),
      lab: z.string(),
      run: z.string().nullable(),
      /** Null before it is begun. */
      environment: EnvironmentView.nullable(),
    }),
  ),
  questions: z.array(ExamQuestion),
  /** The question that stands open. */
  current: z.object({ section: z.number(), question: z.string() }).nullable(),
});
export type ExamView = z.infer<typeof ExamView>;

export const ExamSummary = z.object({
  id: z.string(),
  source: z.string(),
  title: z.string(),
  seed: Seed,
  phase: ExamPhase,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  leftMs: z.number(),
  pass: z.number(),
  /** Per cent; null before its end. */
  score: z.number().nullable(),
});
export type ExamSummary = z.infer<typeof ExamSummary>;

/** One question of a finished exam. `not-graded`: a fault of ours three times over; it is left out of the maximum. */
export const ReportQuestion = z.object({
  number: z.number(),
  topic: z.string(),
  lab: z.string(),
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  verdict: z.enum(['pass', 'fail', 'not-answered', 'not-graded']),
  points: z.number(),
  earned: z.number(),
  /** What was handed in; null for a task, or for nothing. */
  given: z.array(z.string()).nullable(),
  /** ISO; null where nothing was handed in. */
  givenAt: z.string().nullable(),
  message: z.string().nullable(),
  /** What was true when it was handed in, as it was read then. */
  seen: z.array(SeenView),
  checks: z.array(CheckOutcome.extend({ text: z.string() })),
  explanation: z.string().nullable(),
  solution: z.array(z.object({ node: z.string(), run: z.string() })),
  flagged: z.boolean(),
  seconds: z.number(),
});
export type ReportQuestion = z.infer<typeof ReportQuestion>;

export const ExamReport = z.object({
  id: z.string(),
  source: z.string(),
  title: z.string(),
  seed: Seed,
  startedAt: z.string(),
  endedAt: z.string(),
  endedBy: z.enum(['learner', 'time']),
  minutes: z.number(),
  /** Seconds from the start of the clock to the end. */
  seconds: z.number(),
  credits: z.array(z.object({ seconds: z.number(), reason: z.string(), at: z.string() })),
  pass: z.number(),
  /** Points of what could be graded, and of that what was earned; `score` is per cent, and decides. */
  earned: z.number(),
  max: z.number(),
  score: z.number(),
  passed: z.boolean(),
  topics: z.array(z.object({ topic: z.string(), earned: z.number(), max: z.number() })),
  questions: z.array(ReportQuestion),
});
export type ExamReport = z.infer<typeof ExamReport>;

export const ReportFormat = z.enum(['html', 'json', 'csv', 'junit']);
export type ReportFormat = z.infer<typeof ReportFormat>;
