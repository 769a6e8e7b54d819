import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { exitOfOutcomes } from '../exitCode.ts';
import { printOutcomes } from '../outcomeText.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const solve = verb({
  name: 'solve',
  says: 'type the solution into real terminals, and grade it',
  args: [
    ['<run>', 'id of the run'],
    ['[question]', 'only this one'],
  ],
  flags: [jsonFlag],
  examples: [
    ['patchbay solve routing-abcde reach', 'one question'],
    ['patchbay solve routing-abcde', 'all of them, in order'],
  ],
  argsSchema: z.tuple([z.string(), z.string().optional()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run, question], { json }) {
    const { outcomes } = await (await engine()).call(runs.solve, { run, question });
    printOutcomes(outcomes, question !== undefined, json, output);
    return exitOfOutcomes(outcomes);
  },
});
