import { homedir } from 'node:os';
import { join } from 'node:path';
import { daemonPlaces } from './daemonPlaces.ts';
import { chosenContext } from './dockerContext.ts';
import type { Endpoint } from './model.ts';

/** What decides where an engine is looked for. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly ownSocket: string;
}

export const surroundings = (): Surroundings => ({
  env: process.env,
  home: homedir(),
  platform: process.platform,
  ownSocket: daemonPlaces().socket,
});

/** What somebody has asked for by name is the only candidate; else every place where an engine may listen, the likeliest first. */
export type Candidates =
  | { readonly kind: 'asked'; readonly endpoint: Endpoint }
  | { readonly kind: 'usual'; readonly endpoints: readonly Endpoint[] };

/** Throws `bad-input` when a context is named that does not exist. Precedence as in Docker's own client. */
export function candidates(around: Surroundings): Candidates {
  const { env } = around;
  if (env.DOCKER_HOST) {
    const address = env.DOCKER_HOST.includes('://') ? env.DOCKER_HOST : `tcp://${env.DOCKER_HOST}`;
    const tlsFolder = env.DOCKER_TLS_VERIFY ? (env.DOCKER_CERT_PATH ?? configFolder(around)) : undefined;
    return { kind: 'asked', endpoint: { source: 'DOCKER_HOST', name: 'DOCKER_HOST', address, tlsFolder } };
  }
  const context = chosenContext(configFolder(around), env.DOCKER_CONTEXT);
  return context ? { kind: 'asked', endpoint: context } : { kind: 'usual', endpoints: usual(around) };
}

const configFolder = ({ env, home }: Surroundings): string => env.DOCKER_CONFIG ?? join(home, '.docker');

function usual({ env, home, platform, ownSocket }: Surroundings): Endpoint[] {
  if (platform === 'win32')
    return [{ source: 'socket', name: "Docker's pipe", address: 'npipe:////./pipe/docker_engine' }];
  const runtime = env.XDG_RUNTIME_DIR;
  const sockets: [name: string, path: string | undefined][] = [
    ["Docker's socket", '/var/run/docker.sock'],
    ['rootless Docker', runtime && join(runtime, 'docker.sock')],
    ["Docker Desktop's socket", join(home, '.docker', 'run', 'docker.sock')],
    ['Docker Desktop', join(home, '.docker', 'desktop', 'docker.sock')],
    ['Colima', join(home, '.colima', 'default', 'docker.sock')],
    ['rootless Podman', runtime && join(runtime, 'podman', 'podman.sock')],
    ['Podman', '/run/podman/podman.sock'],
  ];
  return [
    ...sockets.flatMap(([name, path]) =>
      path ? [{ source: 'socket' as const, name, address: `unix://${path}` }] : [],
    ),
    { source: 'own', name: "Patchbay's own engine", address: `unix://${ownSocket}` },
  ];
}
