import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/error.ts';
import type { Transport } from '../../contract/wire.ts';
import type { Grants } from './grants.ts';
import { encodeGreeting } from './greeting.ts';
import { lockHolder } from './lock.ts';
import { socketPath } from './socketPath.ts';
import { streamTransport } from './streamTransport.ts';

/** An engine that was started answers within this time, also on a slow and busy machine. Milliseconds. */
const START_WAIT = 30_000;
const POLL = 40;

/** A connection to the running engine of this state directory; null when none listens. */
export function connectToEngine(stateDir: string, grants: Grants): Promise<Transport | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath(stateDir));
    socket.once('error', (error) => {
      if ('code' in error && (error.code === 'ENOENT' || error.code === 'ECONNREFUSED')) resolve(null);
      else reject(new LabError('engine-gone', `The engine's socket does not open: ${error.message}`, { cause: error }));
    });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      const transport = streamTransport(socket);
      transport.send(encodeGreeting(grants));
      resolve(transport);
    });
  });
}

/** An engine process on its way up. `ended` settles with what it had to say when it ends. */
export interface StartedEngine {
  readonly ended: Promise<{ readonly log: string }>;
}

/**
 * A connection to this state directory's engine, which is started where none runs. Of several that start one at the same time
 * the lock lets one through; the others' processes end by themselves and all connect to that one.
 * Errors: `engine-gone` when it cannot be started or does not answer.
 */
export async function joinEngine(stateDir: string, grants: Grants, start: () => StartedEngine): Promise<Transport> {
  const running = await connectToEngine(stateDir, grants);
  if (running) return running;
  let deadline = Date.now() + START_WAIT;
  let started = false;
  let ended: string | null = null;
  while (Date.now() < deadline) {
    const transport = await connectToEngine(stateDir, grants);
    if (transport) return transport;
    // Somebody who holds the lock and does not listen is on the way up, or on the way down and then leaves it to us.
    const free = !lockHolder(stateDir);
    if (free && ended !== null) throw didNotStart(ended);
    if (free && !started) {
      started = true;
      deadline = Date.now() + START_WAIT;
      start().ended.then(({ log }) => (ended = log));
    }
    await sleep(POLL);
  }
  throw doesNotAnswer(lockHolder(stateDir)?.pid);
}

const didNotStart = (log: string) =>
  new LabError('engine-gone', 'The engine of Patchbay ended as soon as it was started.', {
    hint: 'The last lines of its log say why. `patchbay doctor` looks at everything that it needs.',
    data: { log },
  });

const doesNotAnswer = (pid: number | undefined) =>
  new LabError(
    'engine-gone',
    pid ? `The engine (process ${pid}) runs and does not answer.` : 'The engine did not come up in time.',
    {
      hint: pid ? `End it with \`kill ${pid}\` and try again. Runs and their containers stay.` : 'Try again.',
      data: { pid: pid ?? null, waited: START_WAIT / 1000 },
    },
  );
