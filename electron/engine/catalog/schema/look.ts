import { z } from 'zod';
import { Value } from './words.ts';

/** Parameters of a probe; its own schema judges them after the templates are replaced. */
export const Params = z.record(z.string(), z.union([Value, z.array(Value)]));
export type Params = z.infer<typeof Params>;

/** The keys of a look: which probe, with what, on which node, and which field of the result (default: the probe's main one). */
export const lookKeys = {
  probe: z.string().describe('See docs/probes.md'),
  with: Params.default({}),
  node: z.string(),
  field: z.string().optional().describe("Usually the probe's main field"),
};

/** A typed read of live state. In `choose.from` the node may be `*`: every node. */
export const Look = z.strictObject(lookKeys);
export type Look = z.infer<typeof Look>;
