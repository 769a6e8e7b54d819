import type { Agent } from '../../agent/agent.ts';
import type { ClusterPlan } from '../../catalog/cluster/plan.ts';
import type { Docker } from '../../docker/docker.ts';
import { insideNode } from '../inside/insideNode.ts';
import type { NodeProcess } from '../nodeProcess.ts';
import { linkNodes } from './assembly.ts';
import { GATEWAY } from './containers.ts';
import { uncabledScript } from './wiring.ts';

/**
 * The processes as they are now, with a cable for every node that runs and has none: it was started again, or the gateway was. Without a gateway
 * nothing can be linked, and nothing is.
 */
export const relink = async (
  docker: Docker,
  agent: Agent,
  plan: ClusterPlan,
  before: readonly NodeProcess[],
): Promise<readonly NodeProcess[]> => {
  const now = await Promise.all(
    before.map(async (process) => ({ ...process, pid: (await docker.inspect(process.container))?.pid ?? 0 })),
  );
  const gateway = now.find(({ name }) => name === GATEWAY);
  const running = now.filter(({ name, pid }) => name !== GATEWAY && pid !== 0);
  if (!gateway || gateway.pid === 0 || running.length === 0) return now;
  const { stdout } = await agent.run(uncabledScript(new Map(running.map(({ name, pid }) => [name, pid]))));
  const uncabled = new Set(stdout.split('\n').filter(Boolean));
  const lonely = running.filter(({ name }) => uncabled.has(name));
  if (lonely.length === 0) return now;
  await linkNodes(agent, plan, [gateway, ...lonely]);
  const stayed = lonely.filter(({ name, pid }) => before.some((each) => each.name === name && each.pid === pid));
  await Promise.all(stayed.map((node) => endFlannel(agent, node)));
  return now;
};

/** A node that ran on without its eth0 has lost flannel.1 with it, which flannel makes only when it starts. The kubelet starts it again. */
const endFlannel = async (agent: Agent, node: NodeProcess): Promise<void> => {
  const daemons = (await insideNode(agent, node).processes()).filter(({ comm }) => comm === 'flanneld');
  if (daemons.length > 0) await agent.run(`kill ${daemons.map(({ outerPid }) => outerPid).join(' ')}`);
};
