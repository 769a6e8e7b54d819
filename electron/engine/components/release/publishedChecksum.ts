import { LabError } from '../../../contract/error.ts';
import { brokenOr } from './broken.ts';
import { request } from './request.ts';

/** The most that a checksum file may have, in characters: those of all files of a release are a few kilobytes. */
const LIMIT = 200_000;

/** SHA-256 that upstream publishes for `url`. Rejects with `image-failed` where the file does not say it. */
export async function publishedChecksum(checksumUrl: string, url: string, signal: AbortSignal): Promise<string> {
  const { response, end } = await request(checksumUrl, { signal }).catch(brokenOr);
  try {
    const text = (await response.text().catch(brokenOr)).slice(0, LIMIT);
    const found = checksumIn(text, new URL(url).pathname.split('/').pop() ?? '');
    if (found) return found;
    throw new LabError('image-failed', `${checksumUrl} says no checksum of ${url}.`, {
      hint: '`PATCHBAY_COMPONENTS=modules patchbay prepare --kubernetes` compiles it instead.',
      data: { text: text.slice(0, 500) },
    });
  } finally {
    end();
  }
}

/** Either the checksum alone, or lines as `sha256sum` prints them, of which the one with the file's name counts. */
export function checksumIn(text: string, file: string): string | null {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  for (const [sum = '', name] of lines) {
    if (!/^[0-9a-f]{64}$/i.test(sum)) continue;
    if (name === undefined ? lines.filter(([it]) => it).length === 1 : name.replace(/^\*?(.*\/)?/, '') === file)
      return sum.toLowerCase();
  }
  return null;
}
