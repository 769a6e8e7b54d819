import { z } from 'zod';
import { ErrorView } from '../error.ts';
import { Step } from './progress.ts';

/** Something that is made once on a machine: images. */
export const PreparationView = z.discriminatedUnion('state', [
  /** Not looked at yet, or not begun. */
  z.object({ state: z.literal('unknown') }),
  z.object({ state: z.literal('preparing'), steps: z.array(Step) }),
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('failed'), error: ErrorView, steps: z.array(Step) }),
]);
export type PreparationView = z.infer<typeof PreparationView>;

/** The line at the foot of the window. */
export const EngineStatus = z.object({
  version: z.string(),
  docker: z.discriminatedUnion('state', [
    z.object({ state: z.literal('connecting') }),
    z.object({ state: z.literal('ready'), version: z.string(), endpoint: z.string(), own: z.boolean() }),
    z.object({ state: z.literal('missing'), error: ErrorView }),
  ]),
  /** Without these nothing starts. */
  images: PreparationView,
  /** Without these no cluster starts; they are made in the background. */
  cluster: PreparationView,
  /** Without these no node with a Docker Engine of its own starts; they are made in the background. */
  dockerNode: PreparationView,
  nodes: z.object({ running: z.number(), standby: z.number() }),
  memory: z.object({ used: z.number(), total: z.number() }).nullable(),
  hostTerminal: z.boolean(),
});
export type EngineStatus = z.infer<typeof EngineStatus>;

/** One prerequisite as `doctor` sees it. */
export const Finding = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['ok', 'warning', 'wrong', 'skipped']),
  detail: z.string(),
  /** How to mend it; a command between backticks where there is one. */
  fix: z.string().nullable(),
});
export type Finding = z.infer<typeof Finding>;

export const Settings = z.object({
  /** How many nodes stand by, paused; `auto` by memory. */
  pool: z.union([z.literal('auto'), z.int().min(0).max(32)]),
  /** Whether what clusters need is made in the background (minutes of compiling, once) or only when one is started. */
  clusters: z.enum(['background', 'when-started']),
  /** Whether a finished cluster stands by, paused, for the next run, where memory allows. */
  standby: z.enum(['auto', 'off']),
  /** Absolute paths of labs, or of folders of labs, that the catalog offers beside its own. */
  labs: z.array(z.string()).max(64),
});
export type Settings = z.infer<typeof Settings>;
