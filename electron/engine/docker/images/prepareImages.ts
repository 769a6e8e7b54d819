import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../../../../resources/setup/paths.mjs';
import { LabError } from '../../../contract/error.ts';
import type { Step } from '../../../contract/models/progress.ts';
import { type RunningStep, StepList } from '../../progress/stepList.ts';
import type { DockerConnection } from '../connect.ts';
import { label } from '../labels.ts';
import { bakeImage } from './bakeImage.ts';
import { bootstrap } from './bootstrap.ts';
import { buildImage } from './buildImage.ts';
import { bundledImage } from './bundle.ts';
import { pullBase } from './pullBase.ts';
import { type ImageName, imageHash, imageReference, images, neededImages } from './table.ts';
import { rememberSeconds, usualSeconds } from './usual.ts';

/**
 * Gets every image of these that is not there yet, without components: from a bundle, else from a registry, else built here; 20 ms when all are there.
 * Rejects with `image-failed` (data.log: the last lines), `package-missing` (data.packages) or `disk-full`.
 * Interrupted at any point, the next call goes on; no half-made image ever has a name.
 */
export async function prepareImages(
  docker: DockerConnection,
  onSteps: (steps: Step[]) => void,
  signal: AbortSignal = new AbortController().signal,
  wanted: readonly ImageName[] = neededImages,
): Promise<void> {
  const missing = await missingImages(docker, wanted);
  if (missing.length === 0) return;
  const steps = new StepList(Object.fromEntries(missing.map((name) => [name, images[name].title])), onSteps);
  try {
    for (const name of missing) await steps.run(name, (step) => prepareImage(docker, name, step, signal));
  } finally {
    steps.end();
  }
}

/** In the order in which they are to be made. A base is missing only when something has to be built on it. */
export async function missingImages(
  docker: Pick<DockerConnection, 'hasImage'>,
  wanted: readonly ImageName[] = neededImages,
): Promise<ImageName[]> {
  const missing: ImageName[] = [];
  const visit = async (name: ImageName): Promise<void> => {
    if (missing.includes(name) || (await docker.hasImage(imageReference(name)))) return;
    const { base } = images[name];
    if (base && !bundledImage(name)) await visit(base);
    missing.push(name);
  };
  for (const name of wanted) await visit(name);
  return missing;
}

/**
 * One image, of which the base is there already: for who shows its step among others of his own. `binaries` is the folder of the components, which
 * some images are made with.
 */
export async function prepareImage(
  docker: DockerConnection,
  name: ImageName,
  step: RunningStep,
  signal: AbortSignal,
  binaries?: string,
): Promise<void> {
  if (await fromBundle(docker, name, step, signal)) return;
  const image = images[name];
  if (image.made === 'built')
    return timed(usualWork(name), step, () => buildImage(docker.images, name, step.detail, signal, binaries));
  if (image.made === 'baked') {
    if (!binaries && image.components.length > 0)
      throw new Error(`The ${name} image is made with components, and nobody said where they are.`);
    return timed(usualWork(name), step, () => bakeImage(docker, image, binaries ?? '', step.detail, signal));
  }
  const unreachable = await pullBase(docker.images, step, signal);
  if (!unreachable)
    return timed('base from a registry', step, () => buildImage(docker.images, name, step.detail, signal));
  try {
    await timed('base from packages', step, () => fromPackages(docker, name, step, signal));
  } catch (error) {
    // Whoever reads this may sooner mend the network than install a package.
    const failure = LabError.from(error);
    throw new LabError(failure.code, `${failure.message} (No registry: ${unreachable})`, {
      hint: failure.hint ?? undefined,
      data: failure.data,
      cause: error,
    });
  }
}

/** What the time of making it here is remembered by. */
export const usualWork = (name: ImageName): string => `${name} ${images[name].made}`;

async function fromBundle(docker: DockerConnection, name: ImageName, step: RunningStep, signal: AbortSignal) {
  const file = bundledImage(name);
  if (!file) return false;
  await timed(`${name} from a bundle`, step, () =>
    docker.images.load(
      createReadStream(file),
      (message) => step.detail(message.status ?? message.stream ?? ''),
      signal,
    ),
  );
  // A bundle of something else under this name is no reason to stop: it can still be made.
  return docker.hasImage(imageReference(name));
}

/** The tar stays until the engine has it, so that an interruption between the two costs nothing. */
async function fromPackages(docker: DockerConnection, name: ImageName, step: RunningStep, signal: AbortSignal) {
  const tar = join(cacheDir(), 'images', `root-${imageHash(name)}.tar`);
  const made = await stat(tar).catch(() => null);
  if (!made) await bootstrap(tar, step.detail, signal);
  step.detail('handing it to Docker');
  const changes = [`LABEL ${label.image}=${name}`, 'CMD ["bash"]'];
  await docker.images.tag(await docker.images.importRoot(createReadStream(tar), changes, signal), imageReference(name));
  await rm(tar, { force: true });
}

async function timed(what: string, step: RunningStep, work: () => Promise<void>): Promise<void> {
  step.usually(usualSeconds(what));
  const began = performance.now();
  await work();
  rememberSeconds(what, (performance.now() - began) / 1000);
}
