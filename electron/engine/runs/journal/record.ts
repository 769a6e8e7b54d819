import { z } from 'zod';
import { Seed } from '../../../contract/models/run.ts';
import { Outcome, SeenView } from '../../../contract/models/verdict.ts';
import type { Stamp } from './line.ts';

const question = z.string();

/** A terminal that was opened and whose shell goes on until it is closed. */
export const TerminalRecord = z.object({ id: z.string(), node: z.string(), title: z.string() });

const bodies = [
  z.object({
    type: z.literal('created'),
    journal: z.int(),
    run: z.string(),
    /** A proof's run is no attempt of the learner's: nothing of it stays. An exam's run is one of its environments. */
    purpose: z.enum(['practice', 'proof', 'exam']),
    /** Of an exam's run: whose it is, and which of the lab's questions are asked. */
    exam: z.object({ id: z.string(), questions: z.array(z.string()) }).optional(),
    lab: z.string(),
    labTitle: z.string(),
    labMinutes: z.number(),
    labHash: z.string(),
    seed: Seed,
    /** The values that were drawn: the seed alone does not reproduce a run after its lab was edited. */
    actual: z.record(z.string(), z.string()),
    app: z.string(),
    attempt: z.string(),
  }),
  /** Which containers are the run's and on which Docker Engine (its address), written before they are renamed. */
  z.object({ type: z.literal('adopted'), endpoint: z.string(), nodes: z.record(z.string(), z.string()) }),
  z.object({ type: z.literal('started'), seconds: z.number() }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('opened'), question }),
  /** What a question breaks is broken: once in the life of an environment. */
  z.object({ type: z.literal('broken'), question }),
  /** The options of a choice, frozen when they are first shown. Which of them is right is never written down. */
  z.object({ type: z.literal('drawn'), question, options: z.array(z.string()) }),
  /** One answer or check that was judged. `attempt` null: it ticked by itself. An error is no attempt of the learner's. */
  z.object({
    type: z.literal('judged'),
    attempt: z.string().nullable(),
    given: z.array(z.string()).nullable(),
    outcome: Outcome,
  }),
  /** An answer in an exam. How it was judged is in the box, sealed until the end; a task is judged then, and has none. */
  z.object({
    type: z.literal('handed'),
    attempt: z.string(),
    question,
    given: z.array(z.string()).nullable(),
    box: z.string().nullable(),
  }),
  z.object({ type: z.literal('hinted'), question, attempt: z.string().optional() }),
  /** The solution, and what was read of the run for it. */
  z.object({ type: z.literal('shown'), question, seen: z.array(SeenView).optional() }),
  z.object({ type: z.literal('flagged'), question, flagged: z.boolean() }),
  z.object({ type: z.literal('terminal-opened'), terminal: TerminalRecord }),
  z.object({ type: z.literal('terminal-renamed'), id: z.string(), title: z.string() }),
  z.object({ type: z.literal('terminal-closed'), id: z.string() }),
  /** Every question is open again and the environment is made anew. */
  z.object({ type: z.literal('reset'), attempt: z.string().optional() }),
  z.object({ type: z.literal('finished') }),
  z.object({ type: z.literal('destroyed') }),
] as const;

const [first, ...others] = bodies;

/** What a run writes down. State is the fold of these and nothing else. */
export const RecordBody = z.discriminatedUnion('type', [first, ...others]);
export type RecordBody = z.infer<typeof RecordBody>;

export type JournalRecord = RecordBody & Stamp;
export type TerminalRecord = z.infer<typeof TerminalRecord>;
