import { LabError } from '../../contract/error.ts';
import type { Agent, ScriptResult } from '../agent/agent.ts';
import { quote } from '../agent/quote.ts';
import type { Docker } from '../docker/docker.ts';
import type { NodeHandle } from './environment.ts';
import { type NodeProcess, nodeStopped } from './nodeProcess.ts';

/** What a deadline inside the node gets beyond the one that it is told. Milliseconds. */
const EXEC_GRACE = 1500;

/** One running node, reached through the agent; what happens to it meanwhile shows as `node-stopped`. */
export const nodeHandle = (
  docker: Docker,
  agent: Agent,
  { name, container, pid }: NodeProcess,
  awake: () => Promise<void>,
): NodeHandle => {
  const enter = async (
    namespace: 'n' | 'u',
    command: readonly string[],
    deadlineMs?: number,
  ): Promise<ScriptResult> => {
    if (pid === 0) throw nodeStopped(name);
    const script = `exec nsenter -t ${pid} -${namespace} -- ${quote(command)}`;
    const result = await agent.run(script, deadlineMs === undefined ? {} : { deadlineMs });
    // nsenter speaks for itself only when it could not enter: the process is gone.
    if (result.exit === 1 && result.stderr.startsWith('nsenter: ')) throw nodeStopped(name);
    return result;
  };
  return {
    name,
    net: (command, options) => enter('n', command, options?.deadlineMs),
    uts: (command) => enter('u', command),
    async file(path) {
      // Docker reads a stopped container's files too, but then nothing that they bring about is so.
      if (pid === 0) throw nodeStopped(name);
      return docker.readFile(container, path);
    },
    async exec(command, { deadlineMs }) {
      if (pid === 0) throw nodeStopped(name);
      await awake();
      const seconds = (deadlineMs / 1000).toFixed(2);
      const output = await docker.execToEnd(container, ['timeout', '-k', '0.2', seconds, ...command], {
        deadlineMs: deadlineMs + EXEC_GRACE,
      });
      if (output.exit !== 124) return output;
      throw new LabError('probe-timeout', `A command on ${name} took longer than ${seconds} s.`, {
        hint: 'This is not your mistake and costs nothing. Check again in a moment.',
        data: { node: name },
      });
    },
  };
};
