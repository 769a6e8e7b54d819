import { z } from 'zod';
import { EXIT } from '../exitCode.ts';
import { runShell } from '../rawShell.ts';
import { verb } from '../verb.ts';

export const shell = verb({
  name: 'shell',
  says: 'open a terminal on a node; Ctrl-] or `exit` ends it',
  args: [
    ['<run>', 'id of the run'],
    ['<node>', 'name of the node'],
  ],
  flags: [],
  examples: [
    ['patchbay shell switching-abcde a', 'a shell on node a'],
    ['echo "ip route" | patchbay shell routing-abcde router', 'typed into one'],
  ],
  argsSchema: z.tuple([z.string(), z.string()]),
  flagsSchema: z.object({}),
  async run({ engine }, [run, node]) {
    await runShell(await engine(), { run, node }, process.stdin, process.stdout);
    return EXIT.done;
  },
});
