import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { LabError } from '../../contract/error.ts';

/** Linux allows 107 bytes, macOS 103 for a socket's path. */
const LONGEST = 100;

/** Where the engine of this state directory listens: in it, or, where that path is too long for a socket, in the runtime directory. */
export function socketPath(
  stateDir: string,
  platform: NodeJS.Platform = process.platform,
  runtime = process.env.XDG_RUNTIME_DIR,
): string {
  const short = createHash('sha256').update(stateDir).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\patchbay-${short}`;
  const path = join(stateDir, 'engine.sock');
  if (Buffer.byteLength(path) <= LONGEST) return path;
  const own = runtime?.startsWith('/') && Buffer.byteLength(runtime) < 60 ? runtime : tmpdir();
  return join(own, `patchbay-${userInfo().uid}`, `${short}.sock`);
}

/** Makes the socket's folder, ours alone. Throws `forbidden` where somebody else made it first. */
export function makeSocketFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== userInfo().uid)
    throw new LabError('forbidden', `${folder} belongs to somebody else.`, {
      hint: 'Set XDG_RUNTIME_DIR to a folder of your own and start again.',
    });
  chmodSync(folder, 0o700);
}
