// npm start: from a fresh clone to the open catalog. Plain Node, for it runs before any package is there.
import './require-node.mjs';
import { buildApp } from './build-step.mjs';
import { installDependencies } from './dependencies.mjs';
import { dockerPresence } from './docker-presence.mjs';
import { onInterruptionSay, wasInterrupted, watchForInterruption } from './interruption.mjs';
import { openCatalog } from './open.mjs';
import { dockerEngine } from './packages.mjs';
import { prepareEngine } from './prepare.mjs';
import { Problem } from './problem.mjs';
import { showProgress } from './progress.mjs';
import { root } from './root.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { needPackages } from './system-packages.mjs';

watchForInterruption();
onInterruptionSay('Stopped. What is done stays done: the next npm start goes on from here.');
const progress = showProgress(process.stdout);
try {
  await withSetupLock(root, async () => {
    await installDependencies(root, progress);
    await buildApp(root, progress);
  });
  if ((await dockerPresence()) === 'missing') await offerDocker();
  const prepared = await prepareEngine(root, progress);
  progress.end();
  if (!prepared.ready) sayWhatIsMissing(prepared);
  onInterruptionSay('');
  process.exitCode = await openCatalog(root, progress);
} catch (error) {
  if (!wasInterrupted()) {
    progress.end();
    console.error(error instanceof Problem ? `\n${error.message}\n${error.hint}` : error);
    process.exitCode = 3;
  }
}

async function offerDocker() {
  if (process.platform !== 'linux') return;
  const outcome = await needPackages(dockerEngine, 'run labs (a Docker engine)', progress);
  if (!outcome.installed && outcome.command)
    console.log(`Docker was not installed: ${outcome.why}. This would do it:\n  ${outcome.command}`);
}

/** @param {{message: string, hint: string | null}} missing */
function sayWhatIsMissing({ message, hint }) {
  console.log(`\nLabs cannot run yet: ${message}`);
  if (hint) console.log(hint);
}
