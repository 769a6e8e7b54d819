import { join } from 'node:path';
import { dataDir, ownDockerFolder } from '../../../resources/setup/paths.mjs';

/** Where our own Docker Engine keeps what it has. */
export interface DaemonPlaces {
  readonly dataRoot: string;
  readonly log: string;
  readonly execRoot: string;
  readonly socket: string;
  readonly pidFile: string;
  /** Held while somebody starts it. */
  readonly lock: string;
}

/** One engine for each data folder. */
export function daemonPlaces(data: string = dataDir()): DaemonPlaces {
  const run = ownDockerFolder(data);
  return {
    dataRoot: join(data, 'docker'),
    log: join(data, 'dockerd.log'),
    execRoot: join(run, 'exec'),
    socket: join(run, 'docker.sock'),
    pidFile: join(run, 'docker.pid'),
    lock: join(run, 'starting'),
  };
}
