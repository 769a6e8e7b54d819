import { z } from 'zod';
import { engine as calls } from '../../contract/calls.ts';
import { Client } from '../../contract/client.ts';
import { createEngine } from '../../engine/engine.ts';
import { NO_GRANTS } from '../../engine/host/grants.ts';
import { connectToEngine } from '../../engine/host/join.ts';
import { runStandaloneEngine } from '../../engine/host/standaloneEngine.ts';
import { EXIT } from '../exitCode.ts';
import { verb } from '../verb.ts';

/** What the other verbs start in the background where no engine runs. */
export const engine = verb({
  name: 'engine',
  says: 'be the engine, until a minute after the last client has left; or end the one that runs',
  hidden: true,
  args: [],
  flags: [
    ['--idle <seconds>', 'how long to wait for another client'],
    ['--stop', 'end the running engine; runs and their containers stay'],
  ],
  examples: [['patchbay engine --stop', 'before another version of Patchbay is started']],
  argsSchema: z.tuple([]),
  flagsSchema: z.object({ idle: z.coerce.number().min(0.1).default(60), stop: z.boolean().default(false) }),
  async run({ output, stateDir }, _args, { idle, stop }) {
    if (stop) {
      const transport = await connectToEngine(stateDir, NO_GRANTS);
      if (!transport) output.line('No engine runs.');
      else await new Client(transport).call(calls.stop, {});
      return EXIT.done;
    }
    await runStandaloneEngine({ stateDir, createEngine: () => createEngine({ stateDir }), idleSeconds: idle });
    return EXIT.done;
  },
});
