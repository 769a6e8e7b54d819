import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { onPath } from './system-packages.mjs';

/**
 * Only enough to decide whether docker.io has to be installed; the engine itself finds, judges and starts Docker.
 * `chosen`: the learner points elsewhere, so that installing one here would help nobody.
 * @typedef {'chosen' | 'answers' | 'installed' | 'missing'} Presence
 */

/** @returns {Promise<Presence>} */
export async function dockerPresence() {
  if (process.env.DOCKER_HOST || process.env.DOCKER_CONTEXT || chosenContext()) return 'chosen';
  const runtime = process.env.XDG_RUNTIME_DIR ?? '/run/user/none';
  const sockets = [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    join(runtime, 'docker.sock'),
    join(runtime, 'podman/podman.sock'),
  ];
  for (const socket of sockets) if (existsSync(socket) && (await answers(socket))) return 'answers';
  return onPath('dockerd') ? 'installed' : 'missing';
}

function chosenContext() {
  try {
    const config = JSON.parse(
      readFileSync(join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json'), 'utf8'),
    );
    return Boolean(config.currentContext && config.currentContext !== 'default');
  } catch {
    return false;
  }
}

/**
 * A socket that we may not open counts too: what is missing there is a permission, not a package.
 * @param {string} socketPath
 * @returns {Promise<boolean>}
 */
function answers(socketPath) {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', timeout: 2000 }, (response) => {
      response.resume();
      resolve(true);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', (error) => resolve('code' in error && error.code === 'EACCES'));
    asked.end();
  });
}
