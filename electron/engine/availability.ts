import type { Availability } from '../contract/models/lab.ts';
import type { EngineStatus } from '../contract/models/status.ts';
import { kernelNeeds } from './catalog/kernelNeeds.ts';
import type { LoadedLab } from './catalog/lab.ts';
import { nodeNamesOf } from './catalog/nodeNames.ts';
import { type Room, shortOfRoom } from './environments/room.ts';
import { secondsLeft } from './progress/secondsLeft.ts';

export interface Here {
  readonly status: Pick<EngineStatus, 'docker' | 'images' | 'cluster'>;
  /** Nodes that stand by. */
  readonly standby: number;
  /** Kernel features that were looked for and are not there. */
  readonly missingFeatures: ReadonlySet<string>;
  /** Null while nobody knows it. */
  readonly room: Room | null;
  /** What clusters need is made without being asked for. */
  readonly clustersAhead: boolean;
}

/** Seconds from a click to a cluster's first prompt, its images being there. */
const CLUSTER_START = 8;

/** Whether a lab can be started here and now, and if not, why. */
export const availabilityOf = (loaded: LoadedLab, here: Here): Availability => {
  const { status, standby, missingFeatures } = here;
  if (loaded.state === 'broken')
    return { state: 'unavailable', reason: 'Its files have mistakes.', hint: `\`patchbay lint ${loaded.id}\`` };
  const { docker, images } = status;
  if (docker.state === 'missing')
    return { state: 'unavailable', reason: docker.error.message, hint: docker.error.hint };
  if (images.state === 'failed') return { state: 'unavailable', reason: images.error.message, hint: images.error.hint };
  const missing = kernelNeeds(loaded.lab).filter((feature) => missingFeatures.has(feature));
  if (missing.length > 0)
    return { state: 'unavailable', reason: `The kernel that Docker runs on has no ${missing.join(', ')}.`, hint: null };
  if (docker.state === 'connecting') return { state: 'preparing', reason: 'Looking for Docker', secondsLeft: null };
  if (images.state === 'preparing')
    return { state: 'preparing', reason: 'Getting the images', secondsLeft: secondsLeft(images.steps) };
  if (loaded.lab.environment.kind === 'kubernetes') return ofCluster(loaded.lab.environment.nodes.length, here);
  return standby >= nodeNamesOf(loaded.lab.environment).length
    ? { state: 'ready' }
    : { state: 'startable', usualSeconds: 1 };
};

const ofCluster = (nodes: number, { status: { cluster }, room, clustersAhead }: Here): Availability => {
  const short = room && shortOfRoom({ kind: 'kubernetes', nodes }, room);
  if (short) return { state: 'short', reason: short.message };
  switch (cluster.state) {
    case 'failed':
      return { state: 'unavailable', reason: cluster.error.message, hint: cluster.error.hint };
    case 'preparing':
      return { state: 'preparing', reason: 'Building Kubernetes', secondsLeft: secondsLeft(cluster.steps) };
    case 'ready':
      return { state: 'startable', usualSeconds: CLUSTER_START };
    case 'unknown':
      return clustersAhead
        ? { state: 'preparing', reason: 'Kubernetes is built next', secondsLeft: null }
        : { state: 'startable', usualSeconds: null };
  }
};
