import { z } from 'zod';

/** What a connection may do beyond the contract's ordinary calls. Given by the shell that carries it, never by the page. */
export const Grants = z.object({
  /** Terminals on the learner's own machine. */
  hostTerminal: z.boolean(),
});
export type Grants = z.infer<typeof Grants>;

export const NO_GRANTS: Grants = { hostTerminal: false };
