import { z } from 'zod';
import { MarkdownOrFile } from '../catalog/schema/words.ts';

/** Questions about one subject: `questions` of them, all from one of these labs, which the seed picks. */
export const ExamPart = z.strictObject({
  topic: z.string().min(1).max(60),
  labs: z.array(z.string()).min(1).describe('Ids of labs; the seed picks one of them'),
  questions: z.int().min(1).max(20).describe('How many questions are drawn from it'),
  weight: z.int().min(1).max(100).describe('Per cent of the whole exam; all parts together are 100'),
});
export type ExamPart = z.infer<typeof ExamPart>;

/** exam.yaml as it is written, with defaults filled in. */
export const ExamFile = z.strictObject({
  version: z.literal(1),
  title: z.string().min(1).max(80),
  summary: z.string().min(1).max(200).describe('One sentence for the catalog'),
  about: MarkdownOrFile.optional().describe('Markdown, or { file: about.md }'),
  minutes: z.int().min(1).max(240).describe('How long it lasts'),
  pass: z.int().min(1).max(100).default(66).describe('Per cent from which it is passed'),
  parts: z.array(ExamPart).min(1).max(12),
});
export type ExamFile = z.infer<typeof ExamFile>;
