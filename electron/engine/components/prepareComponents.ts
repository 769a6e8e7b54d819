import { mkdir } from 'node:fs/promises';
import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import type { DockerConnection } from '../docker/connect.ts';
import { missingImages, prepareImage } from '../docker/images/prepareImages.ts';
import { type ImageName, images } from '../docker/images/table.ts';
import { StepList } from '../progress/stepList.ts';
import { chooseSource, type Source } from './chooseSource.ts';
import { Compiler } from './compile/compiler.ts';
import { ComponentCache } from './componentCache.ts';
import { diskFailure } from './diskFailure.ts';
import { onlyOne } from './onlyOne.ts';
import { type Arch, Arch as Architecture, type Component, pins } from './pins.ts';
import { downloadComponent } from './release/downloadComponent.ts';

export interface ComponentsOptions {
  /** Where they are kept; a test has its own. */
  readonly cache?: string;
  /** Owner label of the container and the volume that compile. */
  readonly owner?: string;
  /** The components to get; all when absent. Nothing is assembled then. */
  readonly only?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Gets what clusters are made of, downloaded from upstream or compiled from Go modules, and resolves with a folder of the cache whose `bin` has every
 * binary; in a millisecond when all are there. Rejects with `image-failed` (data.log: the last lines), `disk-full`, `limit` or `timeout`.
 * Interrupted at any point, the next call goes on; nothing half-made has a name.
 */
export async function prepareComponents(
  docker: DockerConnection,
  onSteps: (steps: Step[]) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
  options: ComponentsOptions = {},
): Promise<string> {
  const arch = await architecture(docker);
  const cache = new ComponentCache(arch, options.cache);
  if (!options.only && (await cache.isWhole())) return cache.whole();
  try {
    await mkdir(cache.root, { recursive: true });
    return await onlyOne(cache.root, onSteps, signal, async () => {
      await getMissing(docker, cache, arch, onSteps, signal, options);
      return options.only ? cache.root : await cache.assemble();
    });
  } catch (error) {
    throw diskFailure(error, cache.root);
  }
}

async function getMissing(
  docker: DockerConnection,
  cache: ComponentCache,
  arch: Arch,
  onSteps: (steps: Step[]) => void,
  signal: AbortSignal,
  { only, owner = 'components', environment = process.env }: ComponentsOptions,
): Promise<void> {
  await cache.removeHalves();
  const wanted = pins().components.filter(({ name }) => only?.includes(name) ?? true);
  const missing: Component[] = [];
  for (const component of wanted) if (!(await cache.has(component))) missing.push(component);
  if (missing.length === 0) return;

  const source: Source = missing.some(({ release }) => release) ? await chooseSource(environment, signal) : 'modules';
  const toCompile = missing.filter(({ release }) => source === 'modules' || !release);
  const compiler = new Compiler(docker, arch, owner, environment, signal);
  const missingForIt = toCompile.length > 0 ? await missingImages(docker, ['builder']) : [];
  const steps = new StepList(titles(missingForIt, missing, toCompile), onSteps);
  try {
    for (const name of missingForIt) await steps.run(name, (step) => prepareImage(docker, name, step, signal));
    if (toCompile.length > 0) await steps.run('compiler', (step) => compiler.start(step));
    for (const component of missing)
      await steps.run(component.name, (step) =>
        toCompile.includes(component)
          ? cache.land(component, (folder) => compiler.compile(component, folder, step))
          : cache.land(component, async (folder) =>
              downloadComponent(component, { arch, folder, waiting: await cache.downloads(component) }, step, signal),
            ),
      );
    // Gigabytes, and of no use before the pins change.
    await compiler.end({ forget: true });
  } finally {
    await compiler.end({ forget: false });
    steps.end();
  }
}

function titles(
  builder: readonly ImageName[],
  missing: readonly Component[],
  toCompile: readonly Component[],
): Record<string, string> {
  return {
    ...Object.fromEntries(builder.map((name) => [name, images[name].title])),
    ...(toCompile.length > 0 ? { compiler: 'Go' } : {}),
    ...Object.fromEntries(missing.map(({ name, title, version }) => [name, `${title} ${version}`])),
  };
}

async function architecture(docker: DockerConnection): Promise<Arch> {
  const { arch } = await docker.info();
  const known = Architecture.safeParse(arch);
  if (known.success) return known.data;
  throw new LabError('image-failed', `There are no components of Kubernetes for ${arch}.`, {
    hint: `Labs with hosts work; clusters need ${Architecture.options.join(' or ')}.`,
  });
}
