// npm run prove:all [SEEDS]: every lab proven with many seeds; twenty of them when none are named (1,2,3 as for `prove --seeds`).
import './require-node.mjs';
import { join } from 'node:path';
import { buildApp } from './build-step.mjs';
import { command } from './command.mjs';
import { installDependencies } from './dependencies.mjs';
import { watchForInterruption } from './interruption.mjs';
import { showProgress } from './progress.mjs';
import { root } from './root.mjs';
import { withSetupLock } from './setup-lock.mjs';

watchForInterruption();
const progress = showProgress(process.stdout);
await withSetupLock(root, async () => {
  await installDependencies(root, progress);
  await buildApp(root, progress);
});
progress.end();
const seeds = process.argv[2] ?? Array.from({ length: 20 }, (_, at) => at + 1).join(',');
const cli = join(root, 'dist/cli/patchbay.cjs');
const proven = await command(process.execPath, [cli, 'prove', '--all', '--seeds', seeds], {
  cwd: root,
  output: 'terminal',
});
process.exitCode = proven.code;
