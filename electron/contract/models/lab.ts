import { z } from 'zod';
import { Drawing } from './drawing.ts';

/** A mistake in a lab's files, where it stands and what would be right. Lines and columns count from 1. */
export const Mistake = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
  /** The nearest word that would be right. */
  nearest: z.string().nullable(),
});
export type Mistake = z.infer<typeof Mistake>;

/** Whether a lab can be started now, and if not, why. */
export const Availability = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('startable'), usualSeconds: z.number().nullable() }),
  z.object({ state: z.literal('preparing'), reason: z.string(), secondsLeft: z.number().nullable() }),
  z.object({ state: z.literal('short'), reason: z.string() }),
  z.object({ state: z.literal('unavailable'), reason: z.string(), hint: z.string().nullable() }),
]);
export type Availability = z.infer<typeof Availability>;

export const Attempt = z.object({
  run: z.string(),
  startedAt: z.string(),
  state: z.enum(['open', 'finished']),
  earned: z.number(),
  max: z.number(),
});
export type Attempt = z.infer<typeof Attempt>;

/** A lab as the catalog shows it. One that does not load is shown with its reasons and harms no other. */
export const LabCard = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ok'),
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    /** Longer Markdown for the side panel; empty when the lab has none. */
    about: z.string(),
    minutes: z.number(),
    topics: z.array(z.string()),
    environment: z.object({ kind: z.string(), nodes: z.array(z.string()) }),
    drawing: Drawing,
    questions: z.number(),
    points: z.number(),
    needs: z.array(z.string()),
    availability: Availability,
    /** Newest first. */
    attempts: z.array(Attempt),
  }),
  z.object({ state: z.literal('broken'), id: z.string(), mistakes: z.array(Mistake) }),
]);
export type LabCard = z.infer<typeof LabCard>;
