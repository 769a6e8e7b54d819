import { z } from 'zod';

export const DrawnNode = z.object({
  name: z.string(),
  /** `gateway` joins the nodes of a cluster. */
  kind: z.enum(['host', 'switch', 'router', 'control-plane', 'worker', 'gateway']),
});
export type DrawnNode = z.infer<typeof DrawnNode>;

const DrawnEnd = z.object({
  node: z.string(),
  /** Name of the interface; null where the lab's file does not name it, or by a value of the seed: a question may ask for that. */
  port: z.string().nullable(),
  /** Those that the lab's own texts tell, and no others. */
  addresses: z.array(z.string()),
});
export type DrawnEnd = z.infer<typeof DrawnEnd>;

/**
 * A lab's topology as its file has it, for a static drawing. It says nothing that the lab's texts do not say as well: an address that a question asks
 * for, or that is wrong on purpose, is not in it.
 */
export const Drawing = z.object({
  nodes: z.array(DrawnNode),
  /** `segment`, from 0: cables of one network, joined by switches, have the same. */
  links: z.array(z.object({ a: DrawnEnd, b: DrawnEnd, segment: z.int() })),
  /** A cluster's by name, others by their segment; the range where the lab's texts tell it. */
  networks: z.array(z.object({ name: z.string(), range: z.string().nullable(), segment: z.int().nullable() })),
});
export type Drawing = z.infer<typeof Drawing>;
