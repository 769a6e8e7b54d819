import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const resume = verb({
  name: 'resume',
  says: 'let a paused run go on',
  args: [['<run>', 'id of the run']],
  flags: [jsonFlag],
  examples: [['patchbay resume cluster-dns-abcde', 'where it was; nothing where it runs']],
  argsSchema: z.tuple([z.string()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run], { json }) {
    const { environment } = await (await engine()).call(runs.resume, { run });
    if (json) output.json({ run, environment: environment.state });
    else output.line(`${run} goes on.`);
    return EXIT.done;
  },
});
