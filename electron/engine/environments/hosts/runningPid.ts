import type { Docker } from '../../docker/docker.ts';

/** The first process of a container that was just started. Rejects as Docker does, and when it has ended already. */
export async function runningPid(docker: Docker, id: string): Promise<number> {
  const pid = (await docker.inspect(id))?.pid;
  if (!pid) throw new Error('the node ended as soon as it was started');
  return pid;
}
