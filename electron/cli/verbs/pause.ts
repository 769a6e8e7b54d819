import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const pause = verb({
  name: 'pause',
  says: 'let a cluster stand still: it needs no processor time until it goes on',
  args: [['<run>', 'id of the run']],
  flags: [jsonFlag],
  examples: [['patchbay pause cluster-dns-abcde', 'as long as you like, also over a restart of Patchbay']],
  argsSchema: z.tuple([z.string()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run], { json }) {
    const { environment } = await (await engine()).call(runs.pause, { run });
    if (json) output.json({ run, environment: environment.state });
    else output.line(`${run} is paused. \`patchbay resume ${run}\` lets it go on.`);
    return EXIT.done;
  },
});
