import { exams as calls } from '../../contract/calls.ts';
import { type Handlers, handle } from '../host/hosted.ts';
import { given } from '../runs/given.ts';
import type { Exam } from './exam.ts';
import type { ExamFolders } from './examFolders.ts';
import type { Exams } from './exams.ts';
import { formats } from './formats/table.ts';

/** What the contract offers of exams. */
export const examHandlers = (exams: Exams, folders: ExamFolders): Handlers => {
  const after = async (id: string, work: (exam: Exam) => Promise<unknown>) => {
    const exam = exams.get(id);
    await work(exam);
    return exam.view;
  };
  return {
    ...handle(calls.cards, async () => ({ exams: folders.cards() })),
    ...handle(calls.start, async ({ name, seed, attempt }) => (await exams.start(name, seed, attempt)).view),
    ...handle(calls.list, async () => ({ exams: exams.list() })),
    ...handle(calls.get, async ({ exam }) => exams.get(exam).view),
    ...handle(calls.open, ({ exam, section, question }) => after(exam, (each) => each.open(section, question))),
    ...handle(calls.hand, ({ exam, section, question, value, attempt }) =>
      after(exam, (each) => each.hand(section, question, value === null ? null : given(value), attempt)),
    ),
    ...handle(calls.flag, ({ exam, section, question, flagged }) =>
      after(exam, (each) => each.flag(section, question, flagged)),
    ),
    ...handle(calls.end, ({ exam }) => after(exam, (each) => each.end('learner'))),
    ...handle(calls.report, async ({ exam }) => exams.get(exam).report()),
    ...handle(calls.save, async ({ exam, format }) => {
      const { extension, write } = formats[format];
      return { name: `${exam}.${extension}`, text: write(exams.get(exam).report()) };
    }),
    ...handle(calls.forget, async ({ exam }) => {
      await exams.forget(exam);
      return { exam };
    }),
  };
};
