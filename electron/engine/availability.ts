import type { Availability } from '../contract/models/lab.ts';
import type { Step } from '../contract/models/progress.ts';
import type { EngineStatus } from '../contract/models/status.ts';
import { kernelNeeds } from './catalog/kernelNeeds.ts';
import type { LoadedLab } from './catalog/lab.ts';
import { nodeNamesOf } from './catalog/nodeNames.ts';

export interface Here {
  readonly status: Pick<EngineStatus, 'docker' | 'images'>;
  /** Nodes that stand by. */
  readonly standby: number;
  /** Kernel features that were looked for and are not there. */
  readonly missingFeatures: ReadonlySet<string>;
}

/** Whether a lab can be started here and now, and if not, why. */
export const availabilityOf = (loaded: LoadedLab, { status, standby, missingFeatures }: Here): Availability => {
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
  return standby >= nodeNamesOf(loaded.lab.environment).length
    ? { state: 'ready' }
    : { state: 'startable', usualSeconds: 1 };
};

const secondsLeft = (steps: readonly Step[]): number | null => {
  const left = steps.reduce(
    (sum, step) => sum + (step.state === 'done' ? 0 : Math.max((step.usual ?? 0) - (step.seconds ?? 0), 0)),
    0,
  );
  return left > 0 ? Math.round(left) : null;
};
