import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { LabError } from '../../../contract/error.ts';
import type { RunningStep } from '../../progress/stepList.ts';
import { type Arch, type Component, filledIn } from '../pins.ts';
import { download } from './download.ts';
import { publishedChecksum } from './publishedChecksum.ts';

/** Gets what upstream publishes of a component, and puts its binaries into `folder`. What is not whole yet waits in `waiting`. */
export async function downloadComponent(
  { release, version, binaries, name }: Component,
  { arch, folder, waiting }: { arch: Arch; folder: string; waiting: string },
  step: RunningStep,
  signal: AbortSignal,
): Promise<void> {
  if (!release) throw new Error(`${name} has no release.`);
  const files = release.kind === 'files' ? binaries : [`${name}.tar.gz`];
  for (const [index, file] of files.entries()) {
    const values = { version, arch, binary: file };
    const url = filledIn(release.url, values);
    step.detail(`asking ${new URL(url).host}`);
    const sha256 = await publishedChecksum(filledIn(release.checksum, values), url, signal);
    const of = files.length > 1 ? `${file} (${index + 1} of ${files.length}): ` : '';
    const target = join(waiting, file);
    await download({ url, target, sha256, onBytes: (done, total) => step.detail(of + amount(done, total)) }, signal);
    if (release.kind === 'files') await copyFile(target, join(folder, file));
    else await unpackBinaries(target, binaries, folder);
  }
}

/** The files of these names, in whatever folder of the archive they are. */
async function unpackBinaries(archive: string, binaries: readonly string[], folder: string): Promise<void> {
  const missing = new Set(binaries);
  const entries = extract();
  const fed = pipeline(createReadStream(archive), createGunzip(), entries);
  for await (const entry of entries) {
    const file = entry.header.name.replace(/^.*\//, '');
    if (entry.header.type === 'file' && missing.delete(file))
      await pipeline(entry, createWriteStream(join(folder, file)));
    else entry.resume();
  }
  await fed;
  if (missing.size > 0)
    throw new LabError('image-failed', `${archive} has no ${[...missing].join(', ')} in it.`, {
      hint: '`PATCHBAY_COMPONENTS=modules patchbay prepare --kubernetes` compiles it instead.',
    });
}

const amount = (done: number, total: number | null): string =>
  total === null
    ? `${Math.floor(done / 1e6)} MB`
    : `${Math.floor((100 * done) / total)} % of ${Math.ceil(total / 1e6)} MB`;
