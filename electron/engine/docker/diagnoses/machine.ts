import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../../../../resources/setup/paths.mjs';
import { productRoot } from '../../root.ts';
import { missingImages } from '../images/prepareImages.ts';
import { imageReference } from '../images/table.ts';
import { older } from '../ping.ts';
import { type Diagnosis, ok, skipped, warning, wrong } from './diagnosis.ts';

const GIB = 1024 ** 3;
const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

export const node: Diagnosis = {
  id: 'node',
  title: 'Node.js',
  needsDocker: false,
  check: async () => {
    const { version } = process;
    return older(version.slice(1), '20.19') ? wrong(`${version}; 20.19 is needed`, 'https://nodejs.org') : ok(version);
  },
};

export const images: Diagnosis = {
  id: 'images',
  title: 'Images',
  needsDocker: true,
  check: async ({ docker }) => {
    if (!docker) return skipped('no engine answers');
    const missing = await missingImages(docker);
    return missing.length === 0
      ? ok(imageReference('host'))
      : warning(`not there yet: ${missing.join(', ')}`, '`npm start` gets or builds them');
  },
};

export const disk: Diagnosis = {
  id: 'disk',
  title: 'Disk space',
  needsDocker: true,
  check: async ({ docker }) => {
    const folder = (await docker?.housekeeping.rootFolder()) ?? cacheDir();
    // A remote engine, or one in a virtual machine, has its folder where we cannot look.
    if (docker?.endpoint.address.startsWith('unix:') && process.platform === 'linux' && existsSync(folder)) {
      const { bavail, bsize } = await statfs(folder);
      const free = bavail * bsize;
      const detail = `${gib(free)} free for the engine in ${folder}`;
      const fix =
        '`patchbay clean --images` removes what can be built again; `docker system df` shows what takes room.';
      if (free < GIB / 2) return wrong(detail, fix);
      return free < 3 * GIB ? warning(detail, fix) : ok(detail);
    }
    return skipped("the engine's disk cannot be seen from here");
  },
};

export const memory: Diagnosis = {
  id: 'memory',
  title: 'Memory',
  needsDocker: true,
  check: async ({ docker }) => {
    if (!docker) return skipped('no engine answers');
    const { memoryTotal, cpus } = await docker.info();
    const detail = `${gib(memoryTotal)} and ${cpus} CPUs for the engine`;
    return memoryTotal < 1.5 * GIB
      ? warning(detail, 'Give the machine, or its virtual machine, 2 GiB or more.')
      : ok(detail);
  },
};

/** The set-up fetches it; here it is only looked for, in the places that the set-up uses. */
export const electron: Diagnosis = {
  id: 'electron',
  title: 'Electron runtime',
  needsDocker: false,
  check: async () => {
    if (process.versions.electron) return ok(`${process.versions.electron}, running`);
    const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    if (given) return ok(`in ${given}, by ELECTRON_OVERRIDE_DIST_PATH`);
    const own = join(productRoot(), 'node_modules', 'electron', 'dist');
    if (existsSync(own)) return ok(own);
    const fallback = join(cacheDir(), 'electron');
    if (existsSync(fallback))
      return warning(
        `only the one for closed networks, in ${fallback}`,
        '`npx install-electron` where its download can be reached',
      );
    return warning('none; Patchbay opens in a browser instead', '`npm start` looks for one');
  },
};

export const sandbox: Diagnosis = {
  id: 'sandbox',
  title: "The window's sandbox",
  needsDocker: false,
  check: async () =>
    process.getuid?.() === 0
      ? warning('off: this user is root, and Chromium has no sandbox for root', 'Start Patchbay as an ordinary user.')
      : ok('on'),
};
