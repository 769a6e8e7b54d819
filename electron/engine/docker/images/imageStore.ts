import type { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { LabError } from '../../../contract/error.ts';
import { bounded, patience } from '../bounded.ts';
import { labelFilter } from '../events.ts';
import { dockerFailure } from '../failure.ts';
import { type EngineMessage, engineMessages } from './engineMessages.ts';

export interface StoredImage {
  readonly id: string;
  readonly tags: readonly string[];
  /** Bytes, shared layers counted too. */
  readonly size: number;
}

type OnMessage = (message: EngineMessage) => void;

/** An engine's images. Whatever streams ends with the signal; every method rejects with a LabError. */
export interface ImageStore {
  find(reference: string): Promise<StoredImage | null>;
  /** Rejects quickly where no registry answers: the first byte has `patienceMs`. */
  pull(reference: string, onMessage: OnMessage, patienceMs: number, signal: AbortSignal): Promise<void>;
  /** `context` is a tar with a Dockerfile in it. Resolves with the id of an image that has no name yet. */
  build(context: Readable, args: Record<string, string>, onMessage: OnMessage, signal: AbortSignal): Promise<string>;
  /** A root file system as a tar. `changes` are lines of a Dockerfile. Resolves with the id. */
  importRoot(tar: Readable, changes: readonly string[], signal: AbortSignal): Promise<string>;
  /** What `docker save` wrote. */
  load(tar: Readable, onMessage: OnMessage, signal: AbortSignal): Promise<void>;
  tag(id: string, reference: string): Promise<void>;
  /** Unpacks a tar at the root of a container that need not run. It may be large: it ends with the signal, not after a time. */
  fill(container: string, tar: Readable, signal: AbortSignal): Promise<void>;
  /** A container's files as an image; its volumes are not among them. `changes` are lines of a Dockerfile. Resolves with the id. */
  commit(container: string, changes: readonly string[]): Promise<string>;
  list(labels: Readonly<Record<string, string>>): Promise<StoredImage[]>;
  /** By id or name. Rejects with `conflict` when a container uses it. */
  remove(reference: string): Promise<void>;
}

export function imageStore(client: Dockerode): ImageStore {
  const follow = async (doing: string, started: Promise<unknown>, onMessage: OnMessage, signal: AbortSignal) => {
    try {
      const stream = (await started) as Readable; // dockerode says NodeJS.ReadableStream; it is an http response.
      const stop = () => stream.destroy(new LabError('image-failed', `It was interrupted: ${doing}.`));
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      await engineMessages(stream, onMessage).finally(() => signal.removeEventListener('abort', stop));
    } catch (error) {
      throw dockerFailure(error, doing);
    }
  };
  return {
    find: async (reference) => {
      try {
        return await bounded(`look for image ${reference}`, patience.ask, async () => {
          const found = await client.getImage(reference).inspect();
          return { id: found.Id, tags: found.RepoTags ?? [], size: found.Size };
        });
      } catch (error) {
        if (error instanceof LabError && error.code === 'not-found') return null;
        throw error;
      }
    },
    pull: async (reference, onMessage, patienceMs, signal) => {
      const doing = `pull ${reference}`;
      const started = bounded(doing, patienceMs, (abortSignal) => client.pull(reference, { abortSignal }));
      await follow(doing, started, onMessage, signal);
    },
    build: async (context, args, onMessage, signal) => {
      let id: string | null = null;
      const started = client.buildImage(context, {
        buildargs: args,
        // The engine's own network: a nested engine has no other way out, and a build needs no isolation from it.
        networkmode: 'host',
        rm: true,
        forcerm: true,
        // The classic builder: every engine has it, and it answers line by line.
        version: '1',
        abortSignal: signal,
      });
      const take = (message: EngineMessage) => {
        id = message.aux?.ID ?? id;
        onMessage(message);
      };
      await follow('build an image', started, take, signal);
      if (!id) throw new LabError('image-failed', 'Docker built an image, but did not say which.');
      return id;
    },
    importRoot: async (tar, changes, signal) => {
      let id: string | null = null;
      const started = client.importImage(tar, { changes: [...changes], abortSignal: signal });
      const take = (message: EngineMessage) => {
        if (message.status?.startsWith('sha256:')) id = message.status;
      };
      await follow('import an image', started, take, signal);
      if (!id) throw new LabError('image-failed', 'Docker imported an image, but did not say which.');
      return id;
    },
    load: (tar, onMessage, signal) =>
      follow('load an image', client.loadImage(tar, { abortSignal: signal }), onMessage, signal),
    tag: (id, reference) => {
      const [repo = '', tag = 'latest'] = reference.split(':');
      return bounded(`name an image ${reference}`, patience.change, () => client.getImage(id).tag({ repo, tag }));
    },
    fill: (container, tar, signal) =>
      bounded(`take files into container ${container.slice(0, 12)}`, patience.image, async (late) => {
        // A request does not end with what it is fed from.
        const broken = new AbortController();
        tar.once('error', (error) => broken.abort(error));
        const abortSignal = AbortSignal.any([signal, late, broken.signal]);
        await client.getContainer(container).putArchive(tar, { path: '/', abortSignal });
      }),
    commit: (container, changes) =>
      bounded(`make an image of container ${container.slice(0, 12)}`, patience.image, async (abortSignal) => {
        const made = await client.getContainer(container).commit({ changes: changes.join('\n'), abortSignal });
        return made.Id;
      }),
    list: (labels) =>
      bounded('list images', patience.ask, async () => {
        const found = await client.listImages({ filters: { label: labelFilter(labels) } });
        return found.map((it) => ({ id: it.Id, tags: namesOf(it.RepoTags), size: it.Size }));
      }),
    remove: (reference) =>
      bounded(`remove image ${reference}`, patience.change, () => client.getImage(reference).remove()),
  };
}

/** Docker lists an image without a name as one called `<none>:<none>`. */
const namesOf = (tags: string[] | undefined): string[] => (tags ?? []).filter((it) => !it.startsWith('<none>'));
