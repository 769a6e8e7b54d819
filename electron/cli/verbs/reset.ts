import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { readyRun } from '../readyRun.ts';
import { runJson } from '../runText.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const reset = verb({
  name: 'reset',
  says: 'give a run a fresh environment, every question open again',
  args: [['<run>', 'id of the run']],
  flags: [jsonFlag],
  examples: [['patchbay reset switching-abcde', 'as it was at the start, with the same seed']],
  argsSchema: z.tuple([z.string()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run], { json }) {
    const client = await engine();
    await client.call(runs.reset, { run });
    const view = await readyRun(client, run);
    if (json) output.json(runJson(view));
    else output.line(`${run} is as it was at the start.`);
    return EXIT.done;
  },
});
