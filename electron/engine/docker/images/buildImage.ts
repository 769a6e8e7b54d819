import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { LabError } from '../../../contract/error.ts';
import { aptOptions, mirrorSources } from './aptSettings.ts';
import { contextFiles } from './contentHash.ts';
import type { EngineMessage } from './engineMessages.ts';
import type { ImageStore } from './imageStore.ts';
import { type ImageName, imageFolder, imageReference, images } from './table.ts';

/**
 * Builds one image on the engine, and only then gives it its name. What is done of a build that was interrupted is found again by the engine's cache.
 * Rejects with `image-failed` and the last lines of the build, or `disk-full`.
 */
export async function buildImage(
  store: ImageStore,
  name: ImageName,
  onLine: (line: string) => void,
  signal: AbortSignal,
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
    const id = await store.build(Readable.from(await contextTar(name)), await buildArguments(name), take, signal);
    await store.tag(id, imageReference(name));
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

/** In memory: a build's folder is a few files. */
async function contextTar(name: ImageName): Promise<Buffer> {
  const tar = pack();
  for (const { path, content, mode } of contextFiles(imageFolder(name)))
    tar.entry({ name: path, mode, mtime: new Date(0) }, content);
  tar.finalize();
  return await buffer(tar);
}

/** An argument that is not given keeps the engine's cache valid across machines that need none. */
async function buildArguments(name: ImageName): Promise<Record<string, string>> {
  const { base, arguments: further } = images[name];
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
    ...(await further?.()),
  };
}
