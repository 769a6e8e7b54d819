import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../../../resources/setup/paths.mjs';
import type { Step } from '../../contract/models/progress.ts';
import { onlyOne } from '../components/onlyOne.ts';
import type { DockerConnection } from '../docker/connect.ts';
import { missingImages, prepareImages } from '../docker/images/prepareImages.ts';
import { dockerImages, type ImageName } from '../docker/images/table.ts';

/** Those images of nodes with a Docker Engine that are not there yet, in the order in which they are made. */
export const missingDockerImages = (docker: Pick<DockerConnection, 'hasImage'>): Promise<ImageName[]> =>
  missingImages(docker, dockerImages);

/** Makes the image of nodes with a Docker Engine; 20 ms when it is there. Rejects as `prepareImages` does. Interrupted at any point, the next call goes on. */
export async function prepareDockerImages(
  docker: DockerConnection,
  onSteps: (steps: Step[]) => void,
  signal: AbortSignal,
): Promise<void> {
  if ((await missingDockerImages(docker)).length === 0) return;
  const folder = join(cacheDir(), 'images', 'docker');
  await mkdir(folder, { recursive: true });
  const work = () => prepareImages(docker, onSteps, signal, dockerImages);
  await onlyOne(folder, onSteps, signal, work, 'the image of nodes with Docker');
}
