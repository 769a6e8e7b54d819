import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../../contract/error.ts';
import { Broken, brokenOr } from './broken.ts';
import { request } from './request.ts';

export interface Download {
  readonly url: string;
  /** Where the file gets its name when it is whole and right; until then it lies beside it with `.part`. */
  readonly target: string;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Bytes so far, and in all where the server says so. */
  readonly onBytes?: (done: number, total: number | null) => void;
  /** Milliseconds without a byte after which it is given up. */
  readonly silence?: number;
}

const ATTEMPTS = 4;

/**
 * Gets one file, going on with what an earlier attempt left. A connection that breaks is tried anew; a server that falls silent is not.
 * Rejects with `image-failed` (404, wrong checksum, interrupted), `timeout`, or the file system's own error when the disk is full.
 */
export async function download(what: Download, signal: AbortSignal): Promise<void> {
  if ((await sizeOf(what.target)) > 0 && (await sha256Of(what.target)) === what.sha256) return;
  for (let attempt = 1; ; attempt++) {
    const resumed = await sizeOf(part(what));
    try {
      await fetchRest(what, resumed, signal);
    } catch (error) {
      if (!(error instanceof Broken) || attempt === ATTEMPTS) throw error;
      await sleep(250 * 2 ** attempt, undefined, { signal }).catch(() => undefined);
      continue;
    }
    const found = await sha256Of(part(what));
    if (found === what.sha256) return rename(part(what), what.target);
    await rm(part(what), { force: true });
    // What lay there may have been the beginning of something else; without it the file is the server's alone.
    if (resumed > 0 && attempt < ATTEMPTS) continue;
    throw new LabError('image-failed', `${what.url} has the wrong checksum, and was thrown away.`, {
      hint: 'Something on the way changes files, or upstream has replaced it. `PATCHBAY_COMPONENTS=modules patchbay prepare --kubernetes` compiles it instead.',
      data: { expected: what.sha256, found },
    });
  }
}

const part = ({ target }: Download): string => `${target}.part`;

async function fetchRest(what: Download, from: number, signal: AbortSignal): Promise<void> {
  const { response, alive, end } = await request(what.url, {
    headers: from > 0 ? { range: `bytes=${from}-` } : {},
    silence: what.silence,
    signal,
  }).catch(brokenOr);
  try {
    // The server has no such range: what lies there is whole, or too much.
    if (response.status === 416) return;
    const goesOn = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${from}-`);
    let done = goesOn ? from : 0;
    const length = Number(response.headers.get('content-length')) || null;
    const total = length === null ? null : done + length;
    const body = response.body;
    if (!body) throw new Broken('image-failed', `${what.url} came without content.`);
    await pipeline(
      async function* () {
        for await (const chunk of body) {
          alive();
          done += chunk.length;
          what.onBytes?.(done, total);
          yield chunk;
        }
      },
      createWriteStream(part(what), { flags: goesOn ? 'a' : 'w' }),
    );
    if (total !== null && done < total)
      throw new Broken('image-failed', `${what.url} ended after ${done} of ${total} bytes.`);
  } catch (error) {
    return end.why() ? Promise.reject(end.why()) : brokenOr(error);
  } finally {
    end();
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
