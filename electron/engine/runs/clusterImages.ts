import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import type { DockerConnection } from '../docker/connect.ts';

/** Those of a cluster's images that are not there yet, in the order in which they are made. */
export const missingClusterImages = async (_docker: DockerConnection): Promise<readonly string[]> => ['node'];

/** Makes them. */
export const prepareClusterImages = async (
  _docker: DockerConnection,
  _onSteps: (steps: Step[]) => void,
  _signal: AbortSignal,
): Promise<void> => {
  throw new LabError('image-failed', 'This version of Patchbay cannot make the images of clusters.');
};
