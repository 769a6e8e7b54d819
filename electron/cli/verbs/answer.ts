import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import type { QuestionView } from '../../contract/models/run.ts';
import { newAttempt } from '../attempt.ts';
import { exitOfOutcomes } from '../exitCode.ts';
import { printOutcomes } from '../outcomeText.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const answer = verb({
  name: 'answer',
  says: 'answer a question, choose options, or acknowledge an info',
  args: [
    ['<run>', 'id of the run'],
    ['<question>', 'id of the question'],
    ['[value...]', 'the answer; for a choice the text of each option'],
  ],
  flags: [jsonFlag],
  examples: [
    ['patchbay answer switching-abcde mac 02:00:00:00:00:01', 'an answer'],
    ['patchbay answer switching-abcde which "eth0" "eth1"', 'a choice of two'],
    ['patchbay answer switching-abcde note', 'an info: read'],
  ],
  argsSchema: z.tuple([z.string(), z.string(), z.array(z.string()).default([])]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run, question, words], { json }) {
    const client = await engine();
    // Opening draws the options of a choice, as the page does.
    const view = await client.call(runs.open, { run, question });
    const asked = view.questions.find((it) => it.id === question);
    if (!asked) throw new LabError('not-found', `Run ${run} has no question ${question}.`);
    const value = valueFor(asked, words);
    const outcome = await client.call(runs.answer, { run, question, value, attempt: newAttempt() });
    printOutcomes([outcome], true, json, output);
    return exitOfOutcomes([outcome]);
  },
});

function valueFor({ kind, id }: QuestionView, words: string[]): string | string[] {
  switch (kind) {
    case 'choice':
      if (words.length === 0) throw new LabError('bad-input', `${id} is a choice: name at least one option.`);
      return words;
    case 'info':
      return [];
    case 'answer':
      if (words.length === 0) throw new LabError('bad-input', `${id} wants a value.`);
      return words.join(' ');
    case 'task':
      throw new LabError('bad-input', `${id} is a task: it is done on the nodes, not answered.`, {
        hint: '`patchbay check RUN QUESTION` grades it.',
      });
  }
}
