import { z } from 'zod';

/** A line for bash, as root, on `node`: typed into a terminal, or run unseen where a question breaks something. */
export const Step = z.strictObject({ node: z.string(), run: z.string().min(1) });
export type Step = z.infer<typeof Step>;
