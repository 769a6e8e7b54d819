import type { Agent } from '../../agent/agent.ts';
import type { Docker } from '../../docker/docker.ts';
import { preparationScript } from './wiring.ts';

/** A node that was just started, made ready for links; answers the pid of its first process. Rejects as Docker and the agent do. */
export async function readyNode(docker: Docker, agent: Agent, id: string): Promise<number> {
  const pid = (await docker.inspect(id))?.pid;
  if (!pid) throw new Error('the node ended as soon as it was started');
  await agent.run(preparationScript(pid));
  return pid;
}
