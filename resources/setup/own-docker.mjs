import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { dockerPresence } from './docker-presence.mjs';
import { ownDockerFolder } from './paths.mjs';

/**
 * Our own Docker Engine ends with the last engine of Patchbay that uses it, and tests start and end many of those. Here one stays
 * with a client for as long as the work takes, and all others are pointed at it by DOCKER_HOST, as at an engine of somebody else's.
 * @template T
 * @param {string} root
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withOwnDockerHeld(root, work) {
  const socket = join(ownDockerFolder(), 'docker.sock');
  const own = existsSync(socket) && ['installed', 'missing'].includes(await dockerPresence());
  if (!own) return work();
  const over = new AbortController();
  const holder = command(process.execPath, [join(root, 'dist/cli/patchbay.cjs'), 'serve'], {
    cwd: root,
    signal: over.signal,
  });
  process.env.DOCKER_HOST = `unix://${socket}`;
  try {
    return await work();
  } finally {
    delete process.env.DOCKER_HOST;
    over.abort();
    await holder;
  }
}
