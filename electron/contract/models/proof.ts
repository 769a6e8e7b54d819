import { z } from 'zod';
import { Seed } from './run.ts';

/** Stands for the question where the environment itself was the matter. */
export const NO_QUESTION = '-';

/** One thing that a proof established or found wrong. */
export const ProofItem = z.object({
  seed: Seed,
  question: z.string(),
  claim: z.string(),
  holds: z.boolean(),
  /** What was seen instead; empty when it holds. */
  detail: z.string(),
});
export type ProofItem = z.infer<typeof ProofItem>;

export const Proof = z.object({
  lab: z.string(),
  seeds: z.array(Seed),
  items: z.array(ProofItem),
  holds: z.boolean(),
  seconds: z.number(),
  /** True when the result was kept from an earlier proof of the same content. */
  cached: z.boolean(),
});
export type Proof = z.infer<typeof Proof>;
