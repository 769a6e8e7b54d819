// npm test: everything, with nothing done by hand before. The last line is the count over all runners.
import './require-node.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from './build-step.mjs';
import { command, lastLines } from './command.mjs';
import { isCI } from './consent.mjs';
import { installDependencies } from './dependencies.mjs';
import { hasDisplay } from './display.mjs';
import { dockerPresence } from './docker-presence.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { removeOnInterruption, wasInterrupted, watchForInterruption } from './interruption.mjs';
import { withOwnDockerHeld } from './own-docker.mjs';
import { dockerEngine, electronLibraries, testTools } from './packages.mjs';
import { prepareEngine } from './prepare.mjs';
import { Problem } from './problem.mjs';
import { showProgress } from './progress.mjs';
import { root } from './root.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { needPackages } from './system-packages.mjs';
import { withTestSession } from './test-leftovers.mjs';
import { testRunners } from './test-runners.mjs';
import { withTestState } from './test-state.mjs';
import { countedTally, summary } from './test-tally.mjs';

/** @typedef {import('./test-runners.mjs').Runner} Runner */
/** @typedef {import('./test-tally.mjs').Tally} Tally */

/** Codes that say that there is no engine to be had. Any other is a fault, and a fault is not a reason to skip. */
const noEngine = ['docker-missing', 'docker-permission', 'docker-too-old', 'package-missing'];

watchForInterruption();
const progress = showProgress(process.stdout);
const reports = mkdtempSync(join(tmpdir(), 'patchbay-reports-'));
const removeReports = () => rmSync(reports, { recursive: true, force: true });
removeOnInterruption(removeReports);
/** @type {Tally[]} */
let tallies = [];
try {
  await withSetupLock(root, async () => {
    await installDependencies(root, progress);
    await buildApp(root, progress);
  });
  tallies = await withTestSession(root, () => withTestState(root, runAll));
} catch (error) {
  progress.end();
  const what =
    error instanceof Problem ? `${error.message}\n${error.hint}` : String(error instanceof Error ? error.stack : error);
  if (!wasInterrupted()) console.error(what);
  tallies.push({ passed: 0, failed: [`set-up: ${what.split('\n')[0]}`], skipped: [] });
}
removeReports();
if (!wasInterrupted()) {
  console.log(`\n${summary(tallies).join('\n')}`);
  process.exitCode = tallies.some((it) => it.failed.length) ? 1 : 0;
}

/** @returns {Promise<Tally[]>} */
async function runAll() {
  if ((await dockerPresence()) === 'missing') await needPackages(dockerEngine, 'run labs (a Docker engine)', progress);
  const prepared = await prepareEngine(root, progress);
  // At once: what comes next may take longer than an engine of ours waits for its next client.
  return withOwnDockerHeld(root, async () => {
    // What is made in the background elsewhere has to be there before anything is measured. Labs of hosts are tested also without it.
    const clusters = prepared.ready ? await prepareEngine(root, progress, { kubernetes: true }) : null;
    const lacking = await lackingNeeds(prepared);
    progress.end();
    /** @type {Tally[]} */
    const done = [];
    if (clusters && !clusters.ready) {
      console.log(`\nKubernetes could not be prepared: ${clusters.message}`);
      done.push({ passed: 0, failed: [`Kubernetes: ${clusters.message.split('\n')[0]}`], skipped: [] });
    }
    for (const runner of testRunners(root, reports)) {
      if (wasInterrupted()) break;
      const lack = lacking(runner);
      done.push(lack ? leftOut(runner, lack) : await run(runner));
    }
    return done;
  });
}

/** @typedef {{why: string, fault: boolean}} Lack */

/**
 * Sees to browsers and a display.
 * @param {import('./prepare.mjs').Prepared} prepared
 * @returns {Promise<(runner: Runner) => Lack | null>} why a runner cannot run
 */
async function lackingNeeds(prepared) {
  const docker = prepared.ready
    ? null
    : { why: [prepared.message, prepared.hint].filter(Boolean).join(' '), fault: !noEngine.includes(prepared.code) };
  const tools = docker ? null : await needPackages([...testTools, ...electronLibraries], 'test in browsers', progress);
  const missing = tools && !tools.installed ? [tools.why, tools.command].filter(Boolean).join('; would help: ') : null;
  const browsers = missing === null ? null : { why: missing, fault: false };
  const runtime = !docker && !browsers ? await electronRuntime(root, progress) : null;
  if (runtime?.found) Object.assign(process.env, runtime.env);
  return ({ needs }) => (needs === 'nothing' ? null : (docker ?? (needs === 'docker' ? null : browsers)));
}

/**
 * @param {Runner} runner
 * @returns {Promise<Tally>}
 */
async function run(runner) {
  console.log(`\n── ${runner.name} ──`);
  const browsers = runner.needs === 'docker and browsers' && !hasDisplay(process.platform, process.env);
  const display = browsers ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24'] : [];
  const [program = process.execPath, ...args] = [...display, process.execPath, ...runner.args];
  /** @type {string[]} */
  const lines = [];
  const onLine = (/** @type {string} */ line) => {
    lines.push(line);
    console.log(line);
  };
  // The proofs are told on stdout alone; the others leave a file and may draw on the terminal as they like.
  const output = runner.name === 'proofs' ? 'kept' : 'shown';
  const ended = await command(program, args, { cwd: root, limit: runner.limit, env: runner.env, output, onLine });
  if (output === 'kept' && ended.code !== 0) console.log(lastLines(ended.output));
  /** @type {Tally | null} */
  let tally = null;
  try {
    tally = runner.read(lines.join('\n'));
  } catch {
    // No report, or half a one: countedTally says it.
  }
  return countedTally(runner.name, tally, ended);
}

/**
 * @param {Runner} runner
 * @param {Lack} lack
 * @returns {Tally}
 */
function leftOut(runner, { why, fault }) {
  const line = `${runner.name}: all of it, because ${why.replaceAll('\n', ' ')}`;
  return fault || isCI() ? { passed: 0, failed: [line], skipped: [] } : { passed: 0, failed: [], skipped: [line] };
}
