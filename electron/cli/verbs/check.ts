import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { newAttempt } from '../attempt.ts';
import { exitOfOutcomes } from '../exitCode.ts';
import { printMissingImages } from '../missingImages.ts';
import { printOutcomes } from '../outcomeText.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const check = verb({
  name: 'check',
  says: 'grade a run, or one of its questions, from the live environment',
  args: [
    ['<run>', 'id of the run'],
    ['[question]', 'only this one'],
  ],
  flags: [jsonFlag],
  examples: [
    ['patchbay check switching-abcde', 'every question; exit code 0 when all have passed'],
    ['patchbay check switching-abcde reach --json', '{question, verdict, earned, weight, checks, message}'],
  ],
  argsSchema: z.tuple([z.string(), z.string().optional()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run, question], { json }) {
    const client = await engine();
    const { outcomes } = await client.call(runs.check, { run, question, attempt: newAttempt() });
    printOutcomes(outcomes, question !== undefined, json, output);
    if (!json && outcomes.some(({ verdict }) => verdict !== 'pass'))
      printMissingImages((await client.call(runs.get, { run })).missingImages, output);
    return exitOfOutcomes(outcomes);
  },
});
