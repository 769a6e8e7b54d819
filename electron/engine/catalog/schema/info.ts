import { z } from 'zod';
import { everyQuestion } from './everyQuestion.ts';

/** Something to read and acknowledge; it has no weight. */
export const InfoQuestion = z.strictObject({ kind: z.literal('info'), ...everyQuestion });
export type InfoQuestion = z.infer<typeof InfoQuestion>;
