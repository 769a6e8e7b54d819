import type { LabError } from '../../../../contract/error.ts';
import type { Agent } from '../../../agent/agent.ts';
import { kernelNeedsOf } from '../../../catalog/kernelNeeds.ts';
import type { Docker } from '../../../docker/docker.ts';
import { kernelLacks, missingFeatures } from '../../kernelFeatures.ts';
import { roomInside, shortOfRoom } from '../../room.ts';
import { whyNoCluster } from '../engineFit.ts';

interface Machine {
  readonly docker: Pick<Docker, 'info'>;
  readonly agent: Agent;
}

/**
 * Why a cluster cannot be carried here, with what is missing and how much; null where it can. `newNodes`: those that need room; 0 where they
 * take that of others (a reset) or have it already (one that stands by).
 */
export const whyNotHere = async ({ docker, agent }: Machine, newNodes: number): Promise<LabError | null> => {
  const [info, lacking, room] = await Promise.all([
    docker.info(),
    missingFeatures(agent, kernelNeedsOf.kubernetes),
    // What cannot be seen is no reason to refuse.
    newNodes === 0 ? null : roomInside(agent).catch(() => null),
  ]);
  const missing = [...lacking];
  return (
    whyNoCluster(info) ??
    (missing.length > 0 ? kernelLacks(missing) : null) ??
    (room && shortOfRoom({ kind: 'kubernetes', nodes: newNodes }, room))
  );
};
