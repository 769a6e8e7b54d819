import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Pack, pack } from 'tar-stream';
import { LabError } from '../../../contract/error.ts';
import { pins } from '../../components/pins.ts';
import type { DockerConnection } from '../connect.ts';
import { label } from '../labels.ts';
import { contextFiles } from './contentHash.ts';
import { type BakedImage, imageFolder, imageReference } from './table.ts';

/** Milliseconds. A slow disk takes minutes for what takes 40 s here. */
const LIMIT = 20 * 60_000;

/** The role of the container; a committed image keeps it, so what is looked for is the role together with the image below. */
const ROLE = 'bake';

/** What unpacks images needs, beyond what root of a container has without asking: mounts. */
const capabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'SYS_ADMIN'];

/**
 * Runs the folder's `bake` in a container of the image below, with the components beside it, and commits what has become of it under the image's
 * name. `binaries` is the folder of the components, where it has some. Rejects with `image-failed` (data.log: its last lines) or `disk-full`.
 */
export async function bakeImage(
  docker: DockerConnection,
  image: BakedImage,
  binaries: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const below = imageReference(image.base);
  const sizes = await Promise.all(image.components.map(async (it) => (await stat(join(binaries, it))).size));
  await removeAbandoned(docker, below);
  const container = await docker.create({
    name: `patchbay-bake-${randomBytes(5).toString('hex')}`,
    image: below,
    command: ['/bake/bake'],
    labels: { [label.role]: ROLE },
    capDrop: ['ALL'],
    capAdd: [...capabilities, ...(image.capabilities ?? [])],
    apparmor: 'unconfined',
  });
  try {
    onLine('handing the components to Docker');
    await docker.images.fill(container, Readable.from(bakingTar(image, binaries, sizes)), signal);
    await docker.start(container);
    await untilDone(docker, container, image, onLine, signal);
    onLine('keeping what was made');
    const changes = [`LABEL ${label.image}=${image.name} ${label.role}=`, 'CMD []'];
    await docker.images.tag(await docker.images.commit(container, changes), imageReference(image.name));
  } finally {
    await docker.remove(container);
  }
}

/** An engine that was killed leaves its container behind. Only one process bakes at a time: see `onlyOne`. */
async function removeAbandoned(docker: DockerConnection, below: string): Promise<void> {
  for (const { id, image } of await docker.list({ [label.role]: ROLE })) if (image === below) await docker.remove(id);
}

/** The image's folder, the components and their versions, as `/bake`. */
function bakingTar(image: BakedImage, binaries: string, sizes: readonly number[]): Pack {
  const tar = pack();
  const write = async () => {
    for (const { path, content, mode } of contextFiles(imageFolder(image.name)))
      tar.entry({ name: `bake/${path}`, mode, mtime: new Date(0) }, content);
    tar.entry({ name: 'bake/versions', mtime: new Date(0) }, versions());
    for (const [index, component] of image.components.entries()) {
      const file = join(binaries, component);
      const size = sizes[index];
      await new Promise<void>((resolve, reject) => {
        const header = { name: `bake/components/${component}`, mode: 0o755, size, mtime: new Date(0) };
        const entry = tar.entry(header, (error) => (error ? reject(error) : resolve()));
        createReadStream(file).on('error', reject).pipe(entry);
      });
    }
    tar.finalize();
  };
  write().catch((error) => tar.destroy(error));
  return tar;
}

/** `ETCD=3.6.5`: a line for each pin. */
const versions = (): string =>
  pins()
    .components.map(({ name, version }) => `${name.toUpperCase().replaceAll('-', '_')}=${version}\n`)
    .join('');

async function untilDone(
  docker: DockerConnection,
  container: string,
  image: BakedImage,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const failed = async (why: string, hint: string) =>
    new LabError('image-failed', `The ${image.name} image could not be made: ${why}.`, {
      hint,
      data: { image: image.name, log: (await docker.logs(container, 20)).split('\n') },
    });
  for (const end = performance.now() + LIMIT; performance.now() < end; await sleep(500)) {
    if (signal.aborted) throw await failed('it was interrupted', 'The next start begins with it again.');
    const state = await docker.inspect(container);
    if (!state) throw new LabError('image-failed', `The container that makes the ${image.name} image is gone.`);
    onLine((await docker.logs(container, 1)).trim());
    if (state.state === 'running' || state.state === 'created') continue;
    if (state.exitCode === 0) return;
    throw await failed(`its script ended with ${state.exitCode}`, 'The last lines of the log say why.');
  }
  throw await failed(`it took longer than ${LIMIT / 60_000} minutes`, 'Is the disk of this machine very busy?');
}
