import { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';
import { quote } from '../../agent/quote.ts';
import type { NodeProcess } from '../nodeProcess.ts';
import { engineSocket } from './innerEngine.ts';

/** Milliseconds that the agent looks without coming back, so that nobody waits for it when the start is given up. */
const LOOK = 1500;
/** Milliseconds that the agent may take beyond its own deadline. */
const GRACE = 2000;
/** With which our script says that it did not answer within one look. */
const LATE = 7;

/** Resolves when the Docker Engine of each of these nodes answers. Rejects with `timeout` after `limitMs`, naming the node. */
export const enginesAnswer = async (agent: Agent, nodes: readonly NodeProcess[], limitMs: number): Promise<void> => {
  await Promise.all(nodes.map((node) => answers(agent, node, limitMs)));
};

const answers = async (agent: Agent, { name, pid }: NodeProcess, limitMs: number): Promise<void> => {
  const ping = quote([
    'curl',
    '-sf',
    '-m',
    '1',
    '-o',
    '/dev/null',
    '--unix-socket',
    engineSocket(pid),
    'http://docker/_ping',
  ]);
  const script = `for look in $(seq ${LOOK / 50}); do ${ping} && exit 0; sleep 0.05; done; exit ${LATE}`;
  for (const ends = performance.now() + limitMs; performance.now() < ends; ) {
    const { exit } = await agent.run(script, { deadlineMs: 2 * LOOK + GRACE });
    if (exit === 0) return;
  }
  throw new LabError('timeout', `The Docker Engine of ${name} did not answer within ${limitMs / 1000} s.`, {
    data: { node: name, component: 'dockerd' },
  });
};
