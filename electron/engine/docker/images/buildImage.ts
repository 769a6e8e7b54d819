import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { LabError } from '../../../contract/error.ts';
import { label } from '../labels.ts';
import { aptOptions, mirrorSources } from './aptSettings.ts';
import { contextFiles } from './contentHash.ts';
import type { EngineMessage } from './engineMessages.ts';
import type { ImageStore } from './imageStore.ts';
import { appsFolder, componentsOf, type ImageName, imageFolder, imageReference, images, toolsFolder } from './table.ts';

/**
 * Builds one image on the engine, and only then gives it its name. What is done of a build that was interrupted is found again by the engine's cache.
 * `binaries` is the folder of the components, for an image that has some. Rejects with `image-failed` and the last lines of the build, or `disk-full`.
 */
export async function buildImage(
  store: ImageStore,
  name: ImageName,
  onLine: (line: string) => void,
  signal: AbortSignal,
  binaries?: string,
): Promise<void> {
  const lines: string[] = [];
  const take = ({ stream, status }: EngineMessage) => {
    for (const line of (stream ?? status ?? '').split('\n')) {
      if (!line.trim()) continue;
      lines.push(line.trimEnd());
      if (lines.length > 200) lines.shift();
      onLine(line.trim());
    }
  };
  try {
    const context = Readable.from(await contextTar(name, binaries));
    const id = await store.build(context, await buildArguments(name), take, signal);
    await store.tag(id, imageReference(name));
    await removeStages(store, name);
  } catch (error) {
    const failure = LabError.from(error);
    if (failure.code === 'disk-full' || failure.code === 'docker-missing') throw failure;
    throw new LabError('image-failed', `The ${name} image could not be built: ${failure.message}`, {
      hint: signal.aborted ? 'The next start goes on with it.' : 'The last lines of the build say why.',
      data: { image: name, log: lines.slice(-20) },
      cause: error,
    });
  }
}

/** In memory: a build's folder is a few files, and the largest component is a hundred megabytes. */
async function contextTar(name: ImageName, binaries: string | undefined): Promise<Buffer> {
  const tar = pack();
  const add = (folder: string, prefix: string) => {
    for (const { path, content, mode } of contextFiles(folder))
      tar.entry({ name: `${prefix}${path}`, mode, mtime: new Date(0) }, content);
  };
  const image = images[name];
  add(imageFolder(name), '');
  if (image.made === 'built' && image.tools) add(toolsFolder(), 'tools/');
  if (image.made === 'built' && image.apps) add(appsFolder(), 'apps/');
  for (const component of componentsOf(name)) {
    if (!binaries) throw new Error(`The ${name} image is made with ${component}, and nobody said where that is.`);
    const content = await readFile(join(binaries, component));
    tar.entry({ name: `components/${component}`, mode: 0o755, mtime: new Date(0) }, content);
  }
  tar.finalize();
  return await buffer(tar);
}

/** Where a Dockerfile has a stage that only makes things, the engine would keep its compilers for ever. */
async function removeStages(store: ImageStore, name: ImageName): Promise<void> {
  for (const { id } of await store.list({ [label.stage]: name }))
    await store.remove(id).catch((error) => {
      // Another build is using it, or has removed it.
      if (!['conflict', 'not-found'].includes(LabError.from(error).code)) throw error;
    });
}

/** An argument that is not given keeps the engine's cache valid across machines that need none. */
async function buildArguments(name: ImageName): Promise<Record<string, string>> {
  const { base } = images[name];
  if (!base) return {};
  const options = (await aptOptions()).join('\n');
  const sources = mirrorSources().join('\n');
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((it) => {
    const value = process.env[it] ?? process.env[it.toUpperCase()];
    return value ? [[it, value]] : [];
  });
  return {
    BASE: imageReference(base),
    ...(options ? { APT_OPTIONS: options } : {}),
    ...(sources ? { APT_SOURCES: sources } : {}),
    ...Object.fromEntries(proxies),
  };
}
