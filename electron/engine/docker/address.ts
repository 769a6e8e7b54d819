import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { join } from 'node:path';
import Dockerode, { type DockerOptions } from 'dockerode';
import { LabError } from '../../contract/error.ts';
import type { Endpoint } from './model.ts';

/** A client for an endpoint, and what ends its connections. Nothing is asked yet. */
export function clientFor(endpoint: Endpoint): { client: Dockerode; close(): void } {
  const tls = endpoint.tlsFolder ? certificates(endpoint.tlsFolder) : null;
  const options = optionsFor(endpoint.address, tls !== null);
  const agent = options.protocol === 'https' ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  // docker-modem reads DOCKER_HOST too: every field that it would take from there is set, so that only our endpoint counts.
  // `agent` is its option, but not in its types.
  const all: DockerOptions & { agent?: HttpAgent } = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    username: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    timeout: undefined,
    ...options,
    ...tls,
    ...(options.protocol === 'ssh' ? {} : { agent }),
  };
  return { client: new Dockerode(all), close: () => agent.destroy() };
}

/** The parts of an address as dockerode wants them. Throws `bad-input` when it is none that Docker knows. */
export function optionsFor(address: string, tls: boolean): DockerOptions {
  const [, scheme, rest] = /^(unix|npipe|tcp|http|https|ssh|fd):\/\/(.*)$/.exec(address) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') return { socketPath: rest, protocol: 'http' };
  const url = scheme && scheme !== 'fd' && URL.canParse(`${scheme}://${rest}`) ? new URL(`${scheme}://${rest}`) : null;
  if (!url?.hostname)
    throw new LabError('bad-input', `"${address}" is not an address of a Docker Engine.`, {
      hint: 'It looks like unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host. Without DOCKER_HOST Patchbay looks for an engine itself.',
    });
  if (scheme === 'ssh')
    return {
      protocol: 'ssh',
      host: url.hostname,
      port: url.port || 22,
      username: decodeURIComponent(url.username) || undefined,
      sshOptions: { agent: process.env.SSH_AUTH_SOCK },
    };
  const secure = tls || scheme === 'https';
  return { protocol: secure ? 'https' : 'http', host: url.hostname, port: url.port || (secure ? 2376 : 2375) };
}

function certificates(folder: string): Pick<DockerOptions, 'ca' | 'cert' | 'key'> {
  const file = (name: string) => readFileSync(join(folder, name));
  return { ca: file('ca.pem'), cert: file('cert.pem'), key: file('key.pem') };
}
