import { z } from 'zod';

/** A shell that lives on its own; windows and tabs attach to it and leave it. */
export const TerminalView = z.object({
  id: z.string(),
  run: z.string().nullable(),
  /** The node's name; null for a terminal on the learner's own machine. */
  node: z.string().nullable(),
  /** `node 2`, or what the learner called it. */
  title: z.string(),
  cols: z.number(),
  rows: z.number(),
  state: z.enum(['live', 'ended']),
});
export type TerminalView = z.infer<typeof TerminalView>;

/** What an attach answers: frames on `channel` are this terminal's bytes, the kept screen and scrollback first. */
export const Attachment = z.object({ terminal: TerminalView, channel: z.number() });
export type Attachment = z.infer<typeof Attachment>;
