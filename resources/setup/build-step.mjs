import { join } from 'node:path';
import { isUpToDate } from '../build/up-to-date.mjs';
import { command, lastLines } from './command.mjs';
import { Problem } from './problem.mjs';
import { step } from './progress.mjs';

/**
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 */
export async function buildApp(root, progress) {
  if (isUpToDate(root)) return;
  await step(progress, { id: 'build', title: 'Build', usual: 3 }, async () => {
    const build = await command(process.execPath, [join(root, 'resources/build/build.mjs')], {
      cwd: root,
      limit: 300,
      env: { NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    if (build.code !== 0)
      throw new Problem(`The build failed:\n${lastLines(build.output, 40)}`, 'npm run build shows it all.');
  });
}
