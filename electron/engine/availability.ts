import type { Availability } from '../contract/models/lab.ts';
import type { EngineStatus, PreparationView } from '../contract/models/status.ts';
import { kernelNeeds } from './catalog/kernelNeeds.ts';
import type { LoadedLab } from './catalog/lab.ts';
import { nodeNamesOf } from './catalog/nodeNames.ts';
import { kernelLacks } from './environments/kernelFeatures.ts';
import { type Room, type Size, shortOfRoom } from './environments/room.ts';
import { secondsLeft } from './progress/secondsLeft.ts';

export interface Here {
  readonly status: Pick<EngineStatus, 'docker' | 'images' | 'cluster' | 'dockerNode'>;
  /** Nodes that stand by. */
  readonly standby: number;
  /** Kernel features that were looked for and are not there. */
  readonly missingFeatures: ReadonlySet<string>;
  /** Null while nobody knows it. */
  readonly room: Room | null;
  /** What clusters and nodes with a Docker Engine need is made without being asked for. */
  readonly clustersAhead: boolean;
}

/** Seconds from a click to a cluster's first prompt, its images being there. */
const CLUSTER_START = 8;
/** The same for nodes with a Docker Engine. */
const DOCKER_START = 3;

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
  if (missing.length > 0) {
    const { message, hint } = kernelLacks(missing);
    return { state: 'unavailable', reason: message, hint };
  }
  if (docker.state === 'connecting') return { state: 'preparing', reason: 'Looking for Docker', secondsLeft: null };
  if (images.state === 'preparing')
    return { state: 'preparing', reason: 'Getting the images', secondsLeft: secondsLeft(images.steps) };
  const { environment } = loaded.lab;
  const nodes = nodeNamesOf(environment).length;
  if (environment.kind === 'kubernetes')
    return larger({ kind: 'kubernetes', nodes }, here, status.cluster, {
      making: 'Building Kubernetes',
      next: 'Kubernetes is built next',
      usualSeconds: CLUSTER_START,
    });
  if (environment.kind === 'docker')
    return larger({ kind: 'docker', nodes }, here, status.dockerNode, {
      making: 'Making the image of a node with Docker',
      next: 'The image of a node with Docker is made later',
      usualSeconds: DOCKER_START,
    });
  return standby >= nodes ? { state: 'ready' } : { state: 'startable', usualSeconds: 1 };
};

/** For kinds that need room, and images that are made once. */
const larger = (
  size: Size,
  { room, clustersAhead }: Here,
  images: PreparationView,
  words: { readonly making: string; readonly next: string; readonly usualSeconds: number },
): Availability => {
  const short = room && shortOfRoom(size, room);
  if (short) return { state: 'short', reason: short.message };
  switch (images.state) {
    case 'failed':
      return { state: 'unavailable', reason: images.error.message, hint: images.error.hint };
    case 'preparing':
      return { state: 'preparing', reason: words.making, secondsLeft: secondsLeft(images.steps) };
    case 'ready':
      return { state: 'startable', usualSeconds: words.usualSeconds };
    case 'unknown':
      return clustersAhead
        ? { state: 'preparing', reason: words.next, secondsLeft: null }
        : { state: 'startable', usualSeconds: null };
  }
};
