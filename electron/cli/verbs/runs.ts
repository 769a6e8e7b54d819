import { z } from 'zod';
import { runs as calls } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { printQuestion, printRun } from '../runText.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const runs = verb({
  name: 'runs',
  says: 'list the runs, or show one of them, or one question with its options',
  args: [
    ['[run]', 'id of a run'],
    ['[question]', 'id of one of its questions'],
  ],
  flags: [jsonFlag],
  examples: [
    ['patchbay runs', 'every run, newest first'],
    ['patchbay runs switching-abcde', 'one run with its questions'],
    ['patchbay runs switching-abcde which', 'one question; the options of a choice are drawn now'],
  ],
  argsSchema: z.tuple([z.string().optional(), z.string().optional()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run, question], { json }) {
    const client = await engine();
    if (run === undefined) {
      const list = (await client.call(calls.list, {})).runs;
      if (json) output.json(list);
      else
        output.table(
          list.map((it) => [
            it.id,
            it.environment,
            `${it.score.earned} of ${it.score.max}`,
            `seed ${it.seed}`,
            it.title,
          ]),
        );
      return EXIT.done;
    }
    const view = await (question === undefined
      ? client.call(calls.get, { run })
      : client.call(calls.open, { run, question }));
    const one = view.questions.find((it) => it.id === question);
    if (json) output.json(one ?? view);
    else if (one) printQuestion(one, output);
    else printRun(view, output);
    return EXIT.done;
  },
});
