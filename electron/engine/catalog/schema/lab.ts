import { z } from 'zod';
import { Environment } from './environment.ts';
import { Question } from './question.ts';
import { Vars } from './vars.ts';
import { MarkdownOrFile } from './words.ts';

/** What a lab needs of the machine: names of kernel features, as the app's own look finds them. */
export const Requires = z.strictObject({ kernel: z.array(z.string()).default([]) });

/** lab.yaml as it is written, with defaults filled in. */
export const LabFile = z.strictObject({
  version: z.literal(1),
  title: z.string().min(1).max(80),
  summary: z.string().min(1).max(200).describe('One sentence for the catalog'),
  about: MarkdownOrFile.optional().describe('Why it matters: Markdown, or { file: about.md }'),
  minutes: z.int().min(1).max(600).describe('How long a learner usually takes'),
  topics: z.array(z.string().min(1)).default([]),
  after: z.array(z.string()).default([]).describe('Ids of labs to do first; the catalog lists this one behind them'),
  requires: Requires.default({ kernel: [] }).describe('What the machine must have; looked at before a start'),
  vars: Vars.default({}).describe('Values that follow from the seed of a run'),
  environment: Environment,
  questions: z.array(Question).min(1).max(200),
});
export type LabFile = z.infer<typeof LabFile>;
