import { z } from 'zod';
import { Step } from './steps.ts';
import { Id, Markdown, MarkdownOrFile } from './words.ts';

/** What every question has. `after`: questions that must be solved before this one can be. `break`: what makes the fault that it is about. */
export const everyQuestion = {
  id: Id,
  title: z.string().min(1).max(80),
  text: MarkdownOrFile,
  after: z.array(z.string()).default([]).describe('Questions that must be solved before this one can be'),
  break: z.array(Step).default([]).describe('Run unseen when the question is first opened, once until a reset'),
};

/** What every graded question has. `solution` explains the answer once it is shown. */
export const gradedQuestion = {
  ...everyQuestion,
  weight: z.number().positive().max(100).default(1),
  hints: z.array(Markdown).max(10).default([]).describe('Shown one by one: the idea, where to look, the command'),
  solution: MarkdownOrFile.optional().describe('An explanation, once the solution is shown'),
};
