// npm run bench [-- --json] [-- --only NAME]: our figures, each against a peer in the same run. Sets up as npm test does.
import './require-node.mjs';
import { join } from 'node:path';
import { buildApp } from './build-step.mjs';
import { command } from './command.mjs';
import { installDependencies } from './dependencies.mjs';
import { hasDisplay } from './display.mjs';
import { dockerPresence } from './docker-presence.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { wasInterrupted, watchForInterruption } from './interruption.mjs';
import { dockerEngine, electronLibraries, testTools } from './packages.mjs';
import { prepareEngine } from './prepare.mjs';
import { Problem } from './problem.mjs';
import { showProgress } from './progress.mjs';
import { root } from './root.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { needPackages } from './system-packages.mjs';
import { withTestState } from './test-state.mjs';

watchForInterruption();
// Standard output is for the figures alone.
const progress = showProgress(process.stderr);
try {
  await withSetupLock(root, async () => {
    await installDependencies(root, progress);
    await buildApp(root, progress);
  });
  process.exitCode = await withTestState(root, measure);
} catch (error) {
  progress.end();
  if (!wasInterrupted()) {
    console.error(error instanceof Problem ? `\n${error.message}\n${error.hint}` : error);
    process.exitCode = 3;
  }
}

async function measure() {
  if ((await dockerPresence()) === 'missing') await needPackages(dockerEngine, 'run labs (a Docker engine)', progress);
  const prepared = await prepareEngine(root, progress);
  if (!prepared.ready) throw new Problem(prepared.message, prepared.hint ?? '');
  await needPackages([...testTools, ...electronLibraries], 'measure in a browser and a window', progress);
  const runtime = await electronRuntime(root, progress);
  if (runtime.found) Object.assign(process.env, runtime.env);
  progress.end();
  const display = hasDisplay(process.platform, process.env) ? [] : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'];
  const script = join(root, 'resources/bench/run.mjs');
  const [program = process.execPath, ...args] = [...display, process.execPath, script, ...process.argv.slice(2)];
  const ended = await command(program, args, { cwd: root, limit: 3600, output: 'shown' });
  return ended.code;
}
