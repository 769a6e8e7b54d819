import { LabError } from '../../contract/error.ts';
import { clientFor } from './address.ts';
import { bounded } from './bounded.ts';
import type { Endpoint } from './model.ts';

/** Docker 20.10, the first with cgroup v2 and all that we ask of an engine. Source: the API's version history. */
const OLDEST = { api: '1.41', docker: '20.10' };

/** Milliseconds. A local engine answers in a few; ssh has to log in first. */
const patienceFor = (endpoint: Endpoint): number => (endpoint.address.startsWith('unix:') ? 3000 : 10_000);

/** Resolves when an engine that we can use answers. Rejects with `docker-missing`, `docker-permission`, `docker-too-old`, `timeout` or `bad-input`. */
export async function ping(endpoint: Endpoint): Promise<void> {
  const { client, close } = clientFor(endpoint);
  try {
    const version = await bounded('answer', patienceFor(endpoint), () => client.version());
    if (typeof version.ApiVersion !== 'string') throw noEngine(endpoint);
    if (older(version.ApiVersion, OLDEST.api))
      throw new LabError('docker-too-old', `This is Docker ${version.Version} (API ${version.ApiVersion}).`, {
        hint: `Patchbay needs Docker ${OLDEST.docker} or newer (API ${OLDEST.api}). Update Docker, or set DOCKER_HOST to a newer engine.`,
        data: { version: version.Version, apiVersion: version.ApiVersion },
      });
  } catch (error) {
    throw LabError.from(error).code === 'not-found' ? noEngine(endpoint) : error;
  } finally {
    close();
  }
}

/** Some other server, or a proxy in between. */
const noEngine = (endpoint: Endpoint): LabError =>
  new LabError('docker-missing', `What answers at ${endpoint.address} is no Docker Engine.`);

/** Versions such as 1.9 and 1.41, compared by number. */
export function older(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split('.').map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}
