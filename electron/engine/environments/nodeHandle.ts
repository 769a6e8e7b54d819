import { LabError } from '../../contract/error.ts';
import type { Agent, ScriptResult } from '../agent/agent.ts';
import { quote } from '../agent/quote.ts';
import type { Docker } from '../docker/docker.ts';
import type { Captures } from './capture/captures.ts';
import type { EngineReader } from './docker/engineReader.ts';
import type { NodeHandle } from './environment.ts';
import { inNetnsCommand, insideNode, isNoNetns } from './inside/insideNode.ts';
import type { KubeReader } from './kubeReader.ts';
import { type NodeProcess, nodeStopped } from './nodeProcess.ts';

/** What a deadline inside the node gets beyond the one that it is told. Milliseconds. */
const EXEC_GRACE = 1500;

/** One running node, reached through the agent; what happens to it meanwhile shows as `node-stopped`. */
export const nodeHandle = (
  docker: Docker,
  agent: Agent,
  process: NodeProcess,
  awake: () => Promise<void>,
  captures: Captures,
  apis: { readonly kube: KubeReader | null; readonly engine: EngineReader | null },
): NodeHandle => {
  const { name, container, pid } = process;
  const inside = insideNode(agent, process);
  const enter = async (
    target: number,
    namespace: 'n' | 'u',
    command: readonly string[],
    deadlineMs?: number,
  ): Promise<ScriptResult> => {
    if (pid === 0) throw nodeStopped(name);
    const script = `exec nsenter -t ${target} -${namespace} -- ${quote(command)}`;
    const result = await agent.run(script, deadlineMs === undefined ? {} : { deadlineMs });
    // nsenter speaks for itself only when it could not enter: the process is gone.
    if (result.exit === 1 && result.stderr.startsWith('nsenter: '))
      throw target === pid ? nodeStopped(name) : endedMeanwhile(`A pod or container on ${name}`, name);
    return result;
  };
  const enterNetns = async (netns: string, command: readonly string[], deadlineMs?: number): Promise<ScriptResult> => {
    const script = `exec ${quote(inNetnsCommand(pid, netns, command))}`;
    const result = await agent.run(script, deadlineMs === undefined ? {} : { deadlineMs });
    if (isNoNetns(result)) throw endedMeanwhile(`The network namespace ${netns} on ${name}`, name);
    return result;
  };
  const handle: NodeHandle = {
    name,
    ...apis,
    ...inside,
    net: (command, options) => enter(pid, 'n', command, options?.deadlineMs),
    uts: (command) => enter(pid, 'u', command),
    async packets() {
      // A capture outlives its node, whose network it keeps.
      await enter(pid, 'n', ['true']);
      return captures.packets(process);
    },
    async inPod(uid) {
      const inside = (await handle.processes()).find((each) => each.pod === uid);
      return inside ? handle.beside(inside) : null;
    },
    beside: ({ outerPid }) => ({
      ...handle,
      net: (command, options) => enter(outerPid, 'n', command, options?.deadlineMs),
    }),
    async inNetns(netns) {
      if (!(await handle.namespaces()).some((each) => each.name === netns)) return null;
      return { ...handle, net: (command, options) => enterNetns(netns, command, options?.deadlineMs) };
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
  return handle;
};

const endedMeanwhile = (what: string, node: string) =>
  new LabError('probe-failed', `${what} ended while it was read.`, {
    hint: 'This is not your mistake and costs nothing. Check again in a moment.',
    data: { node },
  });
