import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LabError } from '../../contract/error.ts';
import { type DaemonPlaces, daemonPlaces } from './daemonPlaces.ts';
import { releaseDataRoot } from './dataRootMount.ts';
import type { Endpoint } from './model.ts';
import { prepareNestedCgroups } from './nestedCgroups.ts';
import { ping } from './ping.ts';
import { anyDaemonRuns, daemonOf, defaultBridgeExists } from './runningDaemons.ts';
import { takeLock } from './startLock.ts';

/** Milliseconds to the first answer; 400 is usual, a slow disk with many images may need seconds. */
const PATIENCE = 30_000;

export const ownEndpoint = (places: DaemonPlaces = daemonPlaces()): Endpoint => ({
  source: 'own',
  name: "Patchbay's own engine",
  address: `unix://${places.socket}`,
});

/** Where `dockerd` is, or null. Not on a user's path everywhere. */
export const daemonProgram = (path: string = process.env.PATH ?? ''): string | null =>
  [...path.split(':'), '/usr/sbin', '/sbin', '/usr/local/sbin']
    .map((folder) => join(folder || '/', 'dockerd'))
    .find(existsSync) ?? null;

/** Why we may not start an engine of our own here, or null when we may. */
export function whyNoOwnDaemon(): string | null {
  if (process.platform !== 'linux') return 'only Linux can run an engine of its own';
  if (process.getuid?.() !== 0) return 'starting one takes root';
  if (!daemonProgram()) return 'dockerd is not installed';
  if (defaultBridgeExists())
    return anyDaemonRuns()
      ? 'another dockerd runs, and a second one would take its bridge docker0 away; see what became of it with `systemctl status docker`'
      : "Docker's service is set up here (docker0 exists) but does not run; `systemctl start docker` or `service docker start`";
  return null;
}

/**
 * Starts our own Docker Engine with its own data, or finds it running. It goes on when we end. Nothing on this machine's network is changed:
 * no bridge, no iptables rules, no forwarding; containers have no network but what the agent makes, and a build uses the machine's own.
 * Of two callers at once one starts it. Rejects with `docker-missing` and its last log lines.
 */
export async function startOwnDaemon(places: DaemonPlaces = daemonPlaces()): Promise<Endpoint> {
  const endpoint = ownEndpoint(places);
  mkdirSync(dirname(places.lock), { recursive: true, mode: 0o700 });
  mkdirSync(places.dataRoot, { recursive: true, mode: 0o711 });
  const until = performance.now() + PATIENCE;
  while (performance.now() < until) {
    if (await answers(endpoint)) return endpoint;
    const unlock = takeLock(places.lock);
    if (!unlock) {
      await delay(50);
      continue;
    }
    try {
      // A dockerd that runs but does not answer yet was started a moment ago; one more would only fail on its pid file.
      const failed = daemonOf(places.pidFile) === null ? await launch(places) : new AbortController().signal;
      await untilAnswer(endpoint, places, failed, until);
      return endpoint;
    } finally {
      unlock();
    }
  }
  throw notStarted(places, `it did not answer within ${PATIENCE / 1000} s`);
}

/** The signal is aborted when the engine ends by itself. */
async function launch(places: DaemonPlaces): Promise<AbortSignal> {
  const why = whyNoOwnDaemon();
  const program = daemonProgram();
  if (why || !program) throw notStarted(places, why ?? 'dockerd is not installed');
  await prepareNestedCgroups();
  // Its pid may belong to somebody else by now, and dockerd would take that for itself.
  rmSync(places.pidFile, { force: true });
  rmSync(places.socket, { force: true });
  const log = openSync(places.log, 'w');
  const child = spawn(
    program,
    [
      ...['--data-root', places.dataRoot, '--exec-root', places.execRoot, '--pidfile', places.pidFile],
      ...['-H', `unix://${places.socket}`, '--bridge=none', '--iptables=false', '--ip6tables=false'],
      '--ip-forward=false',
    ],
    {
      detached: true,
      stdio: ['ignore', log, log],
      // DOCKER_HOST is nothing for it, and its helpers are in the system's folders.
      env: { ...process.env, DOCKER_HOST: undefined, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    },
  );
  closeSync(log);
  child.unref();
  const ended = new AbortController();
  child.once('error', () => ended.abort());
  child.once('exit', () => ended.abort());
  return ended.signal;
}

async function untilAnswer(endpoint: Endpoint, places: DaemonPlaces, ended: AbortSignal, until: number) {
  while (!(await answers(endpoint))) {
    if (ended.aborted) {
      await releaseDataRoot(places.dataRoot);
      throw notStarted(places, 'it ended by itself');
    }
    if (performance.now() > until) throw notStarted(places, `it did not answer within ${PATIENCE / 1000} s`);
    await delay(50);
  }
}

const answers = async (endpoint: Endpoint): Promise<boolean> => {
  if (!existsSync(endpoint.address.slice('unix://'.length))) return false;
  return ping(endpoint).then(
    () => true,
    () => false,
  );
};

function notStarted(places: DaemonPlaces, why: string): LabError {
  const log = lastLines(places.log);
  return new LabError('docker-missing', `Patchbay's own Docker Engine was not started: ${why}.`, {
    hint: log.length > 0 ? `Its log is ${places.log}.` : '`patchbay doctor` looks at Docker more closely.',
    data: { log, why },
  });
}

function lastLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15);
  } catch {
    return [];
  }
}

/**
 * Ends our own engine when nothing needs it any more; true when it was ended. Pool and agent do not keep it: what counts is how many runs there are,
 * and only the journals know that. Waits until it is gone, at most 20 s.
 */
export async function stopOwnDaemonIfUnused(runs: number, places: DaemonPlaces = daemonPlaces()): Promise<boolean> {
  const pid = runs === 0 ? daemonOf(places.pidFile) : null;
  if (pid === null) return false;
  process.kill(pid, 'SIGTERM');
  for (const until = performance.now() + 20_000; performance.now() < until; await delay(50))
    if (daemonOf(places.pidFile) !== pid) {
      await releaseDataRoot(places.dataRoot);
      return true;
    }
  return false;
}
