import { daemonPlaces } from '../daemonPlaces.ts';
import type { Tried } from '../findEndpoint.ts';
import { whyNoOwnDaemon } from '../ownDaemon.ts';
import { older } from '../ping.ts';
import { daemonOf } from '../runningDaemons.ts';
import { type Diagnosis, ok, skipped, warning, wrong } from './diagnosis.ts';

export const endpoint: Diagnosis = {
  id: 'docker',
  title: 'Docker Engine',
  needsDocker: false,
  check: async ({ docker, error }) => {
    if (docker) {
      const { version, apiVersion, arch } = await docker.info();
      const { name, address } = docker.endpoint;
      return ok(`${version} (API ${apiVersion}, ${arch}) at ${address}, by ${name}`);
    }
    if (error.code === 'docker-missing' && error.data.asked !== true && whyNoOwnDaemon() === null)
      return warning('none answers; Patchbay starts one of its own when it needs it', null);
    const tried = Array.isArray(error.data.tried) ? (error.data.tried as Tried[]) : []; // findEndpoint's own
    return wrong([error.message, ...tried.map((it) => `${it.address}: ${it.why}`)].join('\n'), error.hint);
  },
};

export const permission: Diagnosis = {
  id: 'permission',
  title: 'Permission to use it',
  needsDocker: false,
  check: async ({ docker, error }) => {
    if (docker) return ok('this user may use the engine');
    return error.code === 'docker-permission' ? wrong(error.message, error.hint) : skipped('no engine answers');
  },
};

export const apiVersion: Diagnosis = {
  id: 'api',
  title: "Engine's age",
  needsDocker: false,
  check: async ({ docker, error }) => {
    if (error) return error.code === 'docker-too-old' ? wrong(error.message, error.hint) : skipped('no engine answers');
    const { apiVersion } = await docker.info();
    return older(apiVersion, '1.41')
      ? wrong(`API ${apiVersion}`, 'Update Docker to 20.10 or newer.')
      : ok(`API ${apiVersion}`);
  },
};

export const ownDaemon: Diagnosis = {
  id: 'own-engine',
  title: "Patchbay's own engine",
  needsDocker: false,
  check: async () => {
    const places = daemonPlaces();
    const pid = process.platform === 'linux' ? daemonOf(places.pidFile) : null;
    if (pid !== null) return ok(`runs with process id ${pid}, its data in ${places.dataRoot}`);
    const why = whyNoOwnDaemon();
    return why === null
      ? ok('can be started when no other answers')
      : skipped(`not needed where another answers: ${why}`);
  },
};
