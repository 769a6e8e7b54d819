import { z } from 'zod';
import { exams, runs } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import { newAttempt } from '../attempt.ts';
import { EXIT } from '../exitCode.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { NumberWord } from '../words.ts';

export const hand = verb({
  name: 'hand',
  says: 'hand in an answer in an exam; until the end it may be given anew',
  args: [
    ['<exam>', 'id of the exam'],
    ['<number>', 'number of the question'],
    ['[value...]', 'the answer; for a choice the text of each option; nothing for a task'],
  ],
  flags: [jsonFlag],
  examples: [['patchbay hand mock-exam-abcde 3 10.96.0.10', 'the answer to question 3']],
  argsSchema: z.tuple([z.string(), NumberWord, z.array(z.string()).default([])]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [exam, number, words], { json }) {
    const client = await engine();
    const { questions } = await client.call(exams.get, { exam });
    const asked = questions.find((it) => it.number === number);
    if (!asked) throw new LabError('not-found', `The exam ${exam} has no question ${number}.`);
    const place = { exam, section: asked.section, question: asked.id };
    await client.call(exams.open, place);
    const run = await client.call(runs.get, { run: asked.run ?? '' });
    const kind = run.questions.find((it) => it.id === asked.id)?.kind ?? asked.kind;
    const view = await client.call(exams.hand, {
      ...place,
      value: valueFor(kind, number, words),
      attempt: newAttempt(),
    });
    if (json) output.json(view);
    else output.line(`Question ${number} is handed in.`);
    return EXIT.done;
  },
});

const valueFor = (kind: string, number: number, words: string[]): string | string[] | null => {
  if (kind === 'task') return null;
  if (kind === 'info') return [];
  if (words.length === 0) throw new LabError('bad-input', `Question ${number} wants a value.`);
  return kind === 'choice' ? words : words.join(' ');
};
