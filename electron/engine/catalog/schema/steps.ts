import { z } from 'zod';

/** A line typed into a terminal of `node`, in bash, as root. */
export const Step = z.strictObject({ node: z.string(), run: z.string().min(1) });
export type Step = z.infer<typeof Step>;
