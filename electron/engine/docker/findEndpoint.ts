import { existsSync } from 'node:fs';
import { LabError } from '../../contract/error.ts';
import { candidates, type Surroundings, surroundings } from './candidates.ts';
import type { Endpoint } from './model.ts';
import { ping } from './ping.ts';

/** One place where an engine was looked for in vain. In an error's `data.tried`. */
export interface Tried {
  readonly name: string;
  readonly address: string;
  readonly code: LabError['code'];
  readonly why: string;
}

/**
 * The first engine that answers. What was asked for by DOCKER_HOST or a context is never passed over in silence: when it does not answer, that is the error.
 * Rejects with `docker-missing`, `docker-permission`, `docker-too-old` (all with `data.tried`) or `bad-input`.
 */
export async function findEndpoint(around: Surroundings = surroundings(), asks = ping): Promise<Endpoint> {
  const found = candidates(around);
  if (found.kind === 'asked') {
    const tried = await attempt(found.endpoint, asks);
    if (tried === null) return found.endpoint;
    throw askedInVain(found.endpoint, tried);
  }
  const tried: Tried[] = [];
  for (const endpoint of found.endpoints) {
    const failure = await attempt(endpoint, asks);
    if (failure === null) return endpoint;
    tried.push(failure);
  }
  throw noneAnswered(tried);
}

/** Null when it answers. */
async function attempt(endpoint: Endpoint, asks: typeof ping): Promise<Tried | null> {
  const { name, address } = endpoint;
  const path = address.startsWith('unix://') ? address.slice('unix://'.length) : null;
  if (path && !existsSync(path)) return { name, address, code: 'docker-missing', why: 'There is no such socket.' };
  try {
    await asks(endpoint);
    return null;
  } catch (error) {
    const { code, message } = LabError.from(error);
    return { name, address, code, why: message };
  }
}

function askedInVain(endpoint: Endpoint, tried: Tried): LabError {
  const asked = endpoint.source === 'context' ? `The Docker context "${endpoint.name}"` : 'DOCKER_HOST';
  const undo =
    endpoint.source === 'context' ? '`docker context use default`' : '`unset DOCKER_HOST`, if you did not mean it';
  const code = tried.code === 'timeout' ? 'docker-missing' : tried.code;
  return new LabError(code, `${asked} says ${endpoint.address}, but that cannot be used: ${tried.why}`, {
    hint: `Start that engine, or let Patchbay look for another one: ${undo}.${fixes[code] ? ` ${fixes[code]}` : ''}`,
    data: { tried: [tried], asked: true },
  });
}

function noneAnswered(tried: readonly Tried[]): LabError {
  // A reason that can be mended by the learner is worth more than seven sockets that do not exist.
  const telling =
    tried.find((it) => it.code === 'docker-permission') ?? tried.find((it) => it.code === 'docker-too-old');
  if (telling)
    return new LabError(telling.code, `Docker is there, but cannot be used (${telling.address}): ${telling.why}`, {
      hint: fixes[telling.code],
      data: { tried, asked: false },
    });
  return new LabError('docker-missing', `No Docker Engine answers; ${tried.length} places were tried.`, {
    hint: howToGetOne(process.platform),
    data: { tried, asked: false },
  });
}

const fixes: Readonly<Record<string, string>> = {
  'docker-permission':
    '`sudo usermod -aG docker $USER` puts you into the group that may use it; then log out and in again.',
  'docker-too-old': 'Patchbay needs Docker 20.10 or newer: update it, or set DOCKER_HOST to a newer engine.',
};

function howToGetOne(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Start Docker Desktop, or `brew install colima docker && colima start`.';
  if (platform === 'win32') return 'Start Docker Desktop.';
  return '`sudo systemctl start docker` when it is installed; else `sudo apt-get install docker.io`.';
}
