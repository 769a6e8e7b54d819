import { z } from 'zod';
import { ErrorView } from '../error.ts';
import { Drawing } from './drawing.ts';
import { Step } from './progress.ts';
import { SeenView } from './verdict.ts';

/** Seeds are decimal uint32 everywhere. */
export const Seed = z.int().min(0).max(0xffff_ffff);

export const NodeView = z.object({
  name: z.string(),
  kind: z.enum(['host', 'switch', 'router', 'control-plane', 'worker']),
  /** Docker's name of the container. */
  container: z.string(),
  state: z.enum(['starting', 'running', 'stopped']),
});
export type NodeView = z.infer<typeof NodeView>;

/** The run's live environment as a learner sees it. */
export const EnvironmentView = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting'), title: z.string(), steps: z.array(Step) }),
  z.object({ state: z.literal('running') }),
  /** Stands still, by hand or because the machine sleeps, until it is told to go on; also over a restart of the engine. */
  z.object({ state: z.literal('paused') }),
  /** A node died or Docker went away; `error` says what and how to mend it. */
  z.object({ state: z.literal('degraded'), error: ErrorView }),
  z.object({ state: z.literal('failed'), error: ErrorView, steps: z.array(Step) }),
  z.object({ state: z.literal('destroyed') }),
]);
export type EnvironmentView = z.infer<typeof EnvironmentView>;

/** `answered`: handed in in an exam that goes on; its verdict comes with the end. */
export const QuestionState = z.enum(['open', 'answered', 'pass', 'fail', 'error']);
export type QuestionState = z.infer<typeof QuestionState>;

export const CheckView = z.object({
  id: z.string(),
  /** What must hold, in Markdown. */
  text: z.string(),
  node: z.string(),
  weight: z.number(),
  /** `waiting`: not asked yet, or what it needs does not hold. */
  state: z.enum(['waiting', 'pass', 'fail', 'error']),
  /** In practice a tick stays on when it was once earned; `holds` is the present. Null: not known yet. */
  holds: z.boolean().nullable(),
  message: z.string().nullable(),
});
export type CheckView = z.infer<typeof CheckView>;

/** A step that the solution types; `output` steps print the answer. */
export const SolutionStep = z.object({ node: z.string(), run: z.string() });
export type SolutionStep = z.infer<typeof SolutionStep>;

const common = {
  id: z.string(),
  /** From 1, in the lab's order. */
  number: z.number(),
  title: z.string(),
  /** Markdown with this run's values. */
  text: z.string(),
  weight: z.number(),
  earned: z.number(),
  state: QuestionState,
  flagged: z.boolean(),
  attempts: z.number(),
  /** ISO time of the last verdict. */
  lastAt: z.string().nullable(),
  message: z.string().nullable(),
  hints: z.object({ shown: z.array(z.string()), total: z.number() }),
  /** Null until the learner asked for it; `explanation` is Markdown. */
  solution: z.object({ steps: z.array(SolutionStep), explanation: z.string() }).nullable(),
  hasSolution: z.boolean(),
  /** What was read of this run, once the question is passed or its solution was shown; empty before. */
  seen: z.array(SeenView),
  nodes: z.array(z.string()),
};

export const QuestionView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), ...common, type: z.string(), label: z.string(), given: z.string().nullable() }),
  z.object({
    kind: z.literal('choice'),
    ...common,
    /** Empty until the question was opened: the options are drawn from the live environment then. */
    options: z.array(z.object({ text: z.string(), mono: z.boolean() })),
    many: z.boolean(),
    given: z.array(z.string()).nullable(),
  }),
  z.object({ kind: z.literal('task'), ...common, checks: z.array(CheckView) }),
  z.object({ kind: z.literal('info'), ...common }),
]);
export type QuestionView = z.infer<typeof QuestionView>;

/** An image that pods of the run's cluster wait for and that its mirror does not have. */
export const MissingImage = z.object({
  image: z.string(),
  /** As `namespace/name`. */
  pods: z.array(z.string()),
  /** What the mirror has, as a learner writes it: `nginx`, with its tags. */
  available: z.array(z.object({ name: z.string(), tags: z.array(z.string()) })),
});
export type MissingImage = z.infer<typeof MissingImage>;

export const RunView = z.object({
  id: z.string(),
  /** `edited`: its files are others now than when the run began. The run keeps what it began with. */
  lab: z.object({ id: z.string(), title: z.string(), minutes: z.number(), edited: z.boolean() }),
  seed: Seed,
  mode: z.enum(['practice', 'exam']),
  /** The exam that this environment belongs to. */
  exam: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Seconds of work so far, to count on from. */
  elapsed: z.number(),
  environment: EnvironmentView,
  /** Whether this kind of environment can stand still. */
  canPause: z.boolean(),
  missingImages: z.array(MissingImage),
  nodes: z.array(NodeView),
  drawing: Drawing,
  questions: z.array(QuestionView),
  /** The question that stood open last. */
  current: z.string(),
  score: z.object({ earned: z.number(), max: z.number() }),
});
export type RunView = z.infer<typeof RunView>;

export const RunSummary = z.object({
  id: z.string(),
  lab: z.string(),
  title: z.string(),
  seed: Seed,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  environment: z.enum(['starting', 'running', 'paused', 'degraded', 'failed', 'destroyed']),
  score: z.object({ earned: z.number(), max: z.number() }),
  questions: z.array(z.object({ id: z.string(), kind: z.string(), state: QuestionState })),
});
export type RunSummary = z.infer<typeof RunSummary>;
