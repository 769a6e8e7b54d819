import type Dockerode from 'dockerode';
import { LabError } from '../../contract/error.ts';
import { clientFor } from './address.ts';
import { readFile, writeArchive, writeFile } from './archive.ts';
import { bounded, patience } from './bounded.ts';
import { createOptions, stateOf, stateOfListed } from './containers.ts';
import type { Docker } from './docker.ts';
import { labelFilter, watchContainers } from './events.ts';
import { execToEnd, startExec } from './execs.ts';
import { type Housekeeping, housekeeping } from './housekeeping.ts';
import { type ImageStore, imageStore } from './images/imageStore.ts';
import { infoFrom } from './info.ts';
import type { DockerInfo, Endpoint } from './model.ts';

/** Docker with what only this folder needs: images and what is to be cleaned away. */
export interface DockerConnection extends Docker {
  readonly images: ImageStore;
  readonly housekeeping: Housekeeping;
}

/** Connects and asks one question, so that what is handed back is known to answer. */
export async function connectDocker(endpoint: Endpoint): Promise<DockerConnection> {
  const { client, close } = clientFor(endpoint);
  try {
    await bounded('answer', patience.ask, () => client.version());
  } catch (error) {
    close();
    throw error;
  }
  return connection(endpoint, client, close);
}

function connection(endpoint: Endpoint, client: Dockerode, close: () => void): DockerConnection {
  const of = (id: string) => client.getContainer(id);
  const short = (id: string) => `container ${/^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id}`;
  const images = imageStore(client);
  return {
    endpoint,
    images,
    housekeeping: housekeeping(client),
    info: () => infoOf(client),

    create: (spec) =>
      bounded(`create container ${spec.name}`, patience.change, async (abortSignal) => {
        const container = await client.createContainer({ ...createOptions(spec), abortSignal });
        return container.id;
      }),
    start: (id) => bounded(`start ${short(id)}`, patience.change, (abortSignal) => of(id).start({ abortSignal })),
    shutDown: (id, graceSeconds) =>
      unlessStopped(
        bounded(`stop ${short(id)}`, patience.change + graceSeconds * 1000, (abortSignal) =>
          of(id).stop({ t: graceSeconds, abortSignal }),
        ),
      ),
    pause: (id) => bounded(`pause ${short(id)}`, patience.change, (abortSignal) => of(id).pause({ abortSignal })),
    unpause: (id) => bounded(`unpause ${short(id)}`, patience.change, (abortSignal) => of(id).unpause({ abortSignal })),
    rename: (id, name) =>
      bounded(`rename ${short(id)} to ${name}`, patience.change, (abortSignal) => of(id).rename({ name, abortSignal })),
    remove: (id) =>
      unlessGone(
        bounded(`remove ${short(id)}`, patience.change, (abortSignal) =>
          of(id).remove({ force: true, v: true, abortSignal }),
        ),
      ),
    inspect: async (idOrName) =>
      orNull(
        bounded(`inspect ${short(idOrName)}`, patience.ask, async (abortSignal) =>
          stateOf(await of(idOrName).inspect({ abortSignal })),
        ),
      ),
    list: (labels) =>
      bounded('list containers', patience.ask, async (abortSignal) => {
        const found = await client.listContainers({ all: true, filters: { label: labelFilter(labels) }, abortSignal });
        return found.map(stateOfListed);
      }),
    logs: (id, tail) => bounded(`print the log of ${short(id)}`, patience.ask, () => logOf(of(id), tail)),

    exec: (id, spec) => startExec(client, id, spec),
    execToEnd: (id, command, options) => execToEnd(client, id, command, options),
    readFile: (id, path) => readFile(client, id, path),
    writeFile: (id, path, content, mode) => writeFile(client, id, path, content, mode),
    writeArchive: (id, folder, tar) => writeArchive(client, id, folder, tar),
    watch: (labels, onEvent, signal, onLost) => watchContainers(client, labels, onEvent, signal, onLost),

    hasImage: async (reference) => (await images.find(reference)) !== null,
    close,
  };
}

async function infoOf(client: Dockerode): Promise<DockerInfo> {
  const [version, info] = await bounded('tell about itself', patience.ask, () =>
    Promise.all([client.version(), client.info()]),
  );
  return infoFrom(version, info);
}

/** Without a tty the log is multiplexed like an exec's stream; here it is all there at once. */
async function logOf(container: Dockerode.Container, tail: number): Promise<string> {
  const bytes = await container.logs({ stdout: true, stderr: true, tail, follow: false });
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at + 4);
    pieces.push(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(pieces).toString('utf8').trimEnd();
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof LabError && error.code === 'not-found') return null;
    throw error;
  }
}

/** Docker answers 304 when it has stopped already, which dockerode takes for a failure. */
async function unlessStopped(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof LabError && error.data.status === 304)) throw error;
  }
}

/** A removal that is under way already (409) is as good as done. */
async function unlessGone(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    const gone =
      error instanceof LabError && (error.code === 'not-found' || /is already in progress/.test(error.message));
    if (!gone) throw error;
  }
}
