import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../../../resources/setup/paths.mjs';
import type { Step } from '../../contract/models/progress.ts';
import { onlyOne } from '../components/onlyOne.ts';
import { prepareComponents } from '../components/prepareComponents.ts';
import type { DockerConnection } from '../docker/connect.ts';
import { bundledImage } from '../docker/images/bundle.ts';
import { missingImages, prepareImage, usualWork } from '../docker/images/prepareImages.ts';
import { clusterImages, componentsOf, type ImageName, imageReference, images } from '../docker/images/table.ts';
import { usualSeconds } from '../docker/images/usual.ts';
import { StepList } from '../progress/stepList.ts';

/** Those of a cluster's images that are not there yet, in the order in which they are made. */
export const missingClusterImages = (docker: Pick<DockerConnection, 'hasImage'>): Promise<ImageName[]> =>
  missingImages(docker, clusterImages);

/**
 * Gets the components of Kubernetes and makes a cluster's images of them; 20 ms when all are there. Rejects as `prepareComponents` and `prepareImages`
 * do. Interrupted at any point, the next call goes on.
 */
export async function prepareClusterImages(
  docker: DockerConnection,
  onSteps: (steps: Step[]) => void,
  signal: AbortSignal,
): Promise<void> {
  if ((await missingClusterImages(docker)).length === 0) return;
  const folder = join(cacheDir(), 'images');
  await mkdir(folder, { recursive: true });
  // What another one makes now is there when it has ended.
  const work = async () => make(docker, await missingClusterImages(docker), onSteps, signal);
  await onlyOne(folder, onSteps, signal, work, 'the images of clusters');
}

async function make(
  docker: DockerConnection,
  missing: readonly ImageName[],
  onSteps: (steps: Step[]) => void,
  signal: AbortSignal,
): Promise<void> {
  // One list for whoever looks: the components' steps come first, and the images wait below them.
  let components: Step[] = [];
  let making: Step[] = [];
  const tell = () => onSteps([...components, ...making]);
  const steps = new StepList(
    Object.fromEntries(missing.map((name) => [name, images[name].title])),
    (now) => {
      making = now;
      tell();
    },
    Object.fromEntries(missing.map((name) => [name, usualSeconds(usualWork(name)) ?? 0])),
  );
  try {
    const folder = missing.some((name) => componentsOf(name).length > 0 && !bundledImage(name))
      ? await prepareComponents(
          docker,
          (now) => {
            components = now;
            tell();
          },
          signal,
        )
      : '';
    for (const name of missing)
      await steps.run(name, async (step) => {
        // A base may have come with the components: what compiles them is built on it too.
        if (!(await docker.hasImage(imageReference(name))))
          await prepareImage(docker, name, step, signal, join(folder, 'bin'));
      });
  } finally {
    steps.end();
  }
}
