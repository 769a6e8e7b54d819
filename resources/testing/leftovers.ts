import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { connectDocker, type DockerConnection } from '../../electron/engine/docker/connect.ts';
import { findEndpoint } from '../../electron/engine/docker/findEndpoint.ts';
import { label } from '../../electron/engine/docker/labels.ts';
import { stopOwnDaemonIfUnused } from '../../electron/engine/docker/ownDaemon.ts';
import { reachDocker } from '../../electron/engine/docker/reachDocker.ts';
import { lockHolder } from '../../electron/engine/host/lock.ts';
import { ownersOf, stateDirsOf } from '../setup/test-session.mjs';

/** What a session of tests had not removed itself. */
export interface Leftovers {
  /** Names of containers. */
  readonly containers: readonly string[];
  /** State directories. */
  readonly folders: readonly string[];
}

/** Ends and removes everything that bears the session's name, and tells what it was. */
export async function removeLeftovers(session: string): Promise<Leftovers> {
  const folders = stateDirsOf(session);
  // An engine that goes on would make again what is removed here.
  await Promise.all(folders.map(endEngine));
  const containers = await removeContainers(ownersOf(session));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  return { containers, folders };
}

/** A line each, for whoever ran the tests. */
export const complaints = ({ containers, folders }: Leftovers): string[] => [
  ...(containers.length > 0 ? [`${containers.length} containers were left: ${containers.join(', ')}`] : []),
  ...(folders.length > 0 ? [`${folders.length} state directories were left: ${folders.join(', ')}`] : []),
];

async function removeContainers(owners: string): Promise<string[]> {
  const docker = await lookedAt();
  if (!docker) return [];
  try {
    // By name too: some tests make what is not ours, to see that it is left alone.
    const all = await docker.connection.list({});
    const left = all.filter(({ labels, name }) => labels[label.owner]?.startsWith(owners) || name.startsWith(owners));
    await Promise.all(left.map(({ id }) => docker.connection.remove(id)));
    return left.map(({ name }) => name).sort();
  } finally {
    await docker.leave();
  }
}

/** Our own Docker Engine may have ended with its last client: it is started to be looked at, and ended again. Null where none is to be had. */
async function lookedAt(): Promise<{ connection: DockerConnection; leave: () => Promise<void> } | null> {
  const running = await findEndpoint().catch(() => null);
  const connection = await (running ? connectDocker(running) : reachDocker()).catch(() => null);
  if (!connection) return null;
  return {
    connection,
    async leave() {
      const nodes = running ? null : await connection.list({ [label.role]: 'node' });
      connection.close();
      if (nodes) await stopOwnDaemonIfUnused(nodes.length);
    },
  };
}

/** Asks it to end, which may take as long as ending a Docker engine of our own, and after half a minute ends it. */
async function endEngine(stateDir: string): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const holder = lockHolder(stateDir);
    if (!holder) return;
    process.kill(holder.pid, signal);
    for (let tries = 0; lockHolder(stateDir) && tries < 300; tries++) await delay(100);
  }
}
