import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { engine as calls } from '../../contract/calls.ts';
import { Client } from '../../contract/client.ts';
import { LabError } from '../../contract/error.ts';
import { createEngine } from '../../engine/engine.ts';
import { NO_GRANTS } from '../../engine/host/grants.ts';
import { connectToEngine } from '../../engine/host/join.ts';
import { lockHolder } from '../../engine/host/lock.ts';
import { runStandaloneEngine } from '../../engine/host/standaloneEngine.ts';
import { EXIT, type Exit } from '../exitCode.ts';
import type { Output } from '../output.ts';
import { verb } from '../verb.ts';

/** Milliseconds between the engine's end and that of its process, at the latest. */
const LEAVE = 1000;

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
    if (stop) return stopEngine(stateDir, output);
    await runStandaloneEngine({ stateDir, createEngine: () => createEngine({ stateDir }), idleSeconds: idle });
    // Everything is put down; a stream that Docker has not ended yet must not keep a process that nobody can reach.
    setTimeout(() => process.exit(EXIT.done), LEAVE).unref();
    return EXIT.done;
  },
});

/** Milliseconds. It ends its terminals, its pool and perhaps a Docker engine of its own. */
const STOP_WAIT = 30_000;

/** Answers when it is down, so that its state directory is nobody's. */
async function stopEngine(stateDir: string, output: Output): Promise<Exit> {
  const transport = await connectToEngine(stateDir, NO_GRANTS);
  if (transport) await new Client(transport).call(calls.stop, {});
  // One that does not listen may be on its way down already.
  else if (!lockHolder(stateDir)) output.line('No engine runs.');
  for (const deadline = Date.now() + STOP_WAIT; lockHolder(stateDir) && Date.now() < deadline; ) await sleep(50);
  const holder = lockHolder(stateDir);
  if (!holder) return EXIT.done;
  throw new LabError('timeout', `The engine (process ${holder.pid}) does not end.`, { hint: `\`kill ${holder.pid}\`` });
}
