import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const destroy = verb({
  name: 'destroy',
  says: 'end a run and remove its containers; what was reached in it stays in the list',
  args: [['<run>', 'id of the run']],
  flags: [jsonFlag],
  examples: [['patchbay destroy switching-abcde', 'its nodes are gone']],
  argsSchema: z.tuple([z.string()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [run], { json }) {
    const removed = await (await engine()).call(runs.destroy, { run });
    if (json) output.json(removed);
    else output.line(`${removed.run} is removed.`);
    return EXIT.done;
  },
});
