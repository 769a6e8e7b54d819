import { z } from 'zod';
import { exams as calls, runs } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import { clockText, printExam, printExamQuestion } from '../examText.ts';
import { EXIT } from '../exitCode.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { NumberWord } from '../words.ts';

export const exams = verb({
  name: 'exams',
  says: 'list the exams, or show the one that goes on, or one of its questions',
  args: [
    ['[exam]', 'id of an exam'],
    ['[number]', 'number of one of its questions; it is the one in front of you then'],
  ],
  flags: [jsonFlag],
  examples: [
    ['patchbay exams', 'every exam, newest first, and what can be sat'],
    ['patchbay exams mock-exam-abcde 3', 'question 3, with the terminals that it needs'],
  ],
  argsSchema: z.tuple([z.string().optional(), NumberWord.optional()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [id, number], { json }) {
    const client = await engine();
    if (id === undefined) {
      const [{ exams: sat }, { exams: cards }] = await Promise.all([
        client.call(calls.list, {}),
        client.call(calls.cards, {}),
      ]);
      if (json) output.json({ exams: sat, cards });
      else {
        output.table(
          sat.map((it) => [
            it.id,
            it.phase,
            it.score === null ? `${clockText(it.leftMs)} left` : `${it.score} % of ${it.pass} %`,
            `seed ${it.seed}`,
            it.title,
          ]),
        );
        for (const card of cards)
          if (card.state === 'ok') output.line(`patchbay exam ${card.id}    ${card.title}, ${card.minutes} min`);
      }
      return EXIT.done;
    }
    const view = await client.call(calls.get, { exam: id });
    if (number === undefined) {
      const run = view.sections[view.current?.section ?? 0]?.run;
      if (json) output.json(view);
      else printExam(view, run ? await client.call(runs.get, { run }) : null, output);
      return EXIT.done;
    }
    const asked = view.questions.find((it) => it.number === number);
    if (!asked) throw new LabError('not-found', `The exam ${id} has no question ${number}.`);
    await client.call(calls.open, { exam: id, section: asked.section, question: asked.id });
    const run = await client.call(runs.get, { run: asked.run ?? '' });
    if (json) output.json(run.questions.find((it) => it.id === asked.id));
    else printExamQuestion(asked, run, output);
    return EXIT.done;
  },
});
