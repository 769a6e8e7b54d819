import { z } from 'zod';
import { AnswerQuestion } from './answer.ts';
import { ChoiceQuestion } from './choice.ts';
import { InfoQuestion } from './info.ts';
import { TaskQuestion } from './task.ts';

/** The table of question kinds: a new kind is one file and one entry here. */
export const Question = z.discriminatedUnion('kind', [AnswerQuestion, ChoiceQuestion, TaskQuestion, InfoQuestion]);
export type Question = z.infer<typeof Question>;
