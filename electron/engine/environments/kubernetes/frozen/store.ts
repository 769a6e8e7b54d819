import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MOST_NODES, nodeNames } from '../../../catalog/cluster/plan.ts';
import { variants } from '../../../catalog/cluster/variants.ts';
import type { OverlayEnd } from '../overlay.ts';

/** What a cluster is restored from. Holds private keys: it never leaves the machine that made it. */
export interface FrozenCluster {
  /** As kubeadm wrote it: the administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly overlay: readonly OverlayEnd[];
  /** Node name -> its files as a gzipped tar, from the root. */
  readonly nodes: ReadonlyMap<string, Uint8Array>;
}

export interface FrozenKey {
  readonly nodeImage: string;
  readonly variant: string;
  /** In their order. */
  readonly nodes: readonly string[];
}

/** Changes when what is frozen, or how, has changed. */
const FORMAT = 2;
/** With which the folder of a state begins that is being written. */
const HALF = 'new-';
/** Milliseconds after which nobody writes it any more. */
const WRITING = 60_000;
const KUBECONFIG = 'admin.conf';
const OVERLAY = 'overlay.json';

const Overlay = z.array(z.object({ node: z.string(), pods: z.string(), mac: z.string() }));

/** Frozen clusters in a folder of the state directory, for its owner's eyes only. */
export class FrozenStore {
  readonly #folder: string;

  /** @param stateDir where `clusters` lies, or comes to lie */
  constructor(stateDir: string) {
    this.#folder = join(stateDir, 'clusters');
  }

  /** Null when there is none, or not all of it. */
  async read(key: FrozenKey): Promise<FrozenCluster | null> {
    const folder = this.#place(key);
    try {
      const kubeconfig = await readFile(join(folder, KUBECONFIG), 'utf8');
      const nodes = await Promise.all(
        key.nodes.map(async (name) => [name, await readFile(join(folder, `${name}.tar.gz`))] as const),
      );
      const overlay = Overlay.parse(JSON.parse(await readFile(join(folder, OVERLAY), 'utf8')));
      return { kubeconfig, overlay, nodes: new Map(nodes) };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Whether there is one, without reading it. */
  async has(key: FrozenKey): Promise<boolean> {
    const found = await stat(this.#place(key)).catch(() => null);
    return found !== null;
  }

  /** Whole or not at all. Of two that write the same at once the first stays: resolves with what is kept, whose keys everybody has to use. */
  async write(key: FrozenKey, cluster: FrozenCluster): Promise<FrozenCluster> {
    const half = join(this.#folder, `${HALF}${randomBytes(6).toString('hex')}`);
    await mkdir(half, { recursive: true, mode: 0o700 });
    try {
      const files: [string, string | Uint8Array][] = [
        [KUBECONFIG, cluster.kubeconfig],
        [OVERLAY, JSON.stringify(cluster.overlay)],
        ...[...cluster.nodes].map(([name, tar]): [string, Uint8Array] => [`${name}.tar.gz`, tar]),
      ];
      for (const [name, content] of files) await writeFile(join(half, name), content, { mode: 0o600, flush: true });
      return await rename(half, this.#place(key)).then(
        () => cluster,
        async (error) => {
          const first = await this.read(key);
          if (!first) throw error;
          return first;
        },
      );
    } finally {
      await rm(half, { recursive: true, force: true });
    }
  }

  /** Removes every state but those of these images, and what a write that was killed has left. Resolves with how many went. */
  async keepOnly(nodeImages: readonly string[]): Promise<number> {
    const there = await readdir(this.#folder).catch(() => []);
    const kept = new Set(nodeImages.flatMap(keysOf).map(nameOf));
    const old = there.filter((name) => !kept.has(name));
    const now = Date.now();
    const gone = await Promise.all(
      old.map(async (name) => {
        const place = join(this.#folder, name);
        if (name.startsWith(HALF) && now - ((await stat(place).catch(() => null))?.mtimeMs ?? 0) < WRITING)
          return false;
        await rm(place, { recursive: true, force: true });
        return true;
      }),
    );
    return gone.filter(Boolean).length;
  }

  #place(key: FrozenKey): string {
    return join(this.#folder, nameOf(key));
  }
}

const nameOf = ({ nodeImage, variant, nodes }: FrozenKey): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([FORMAT, nodeImage, variant, nodes]))
    .digest('hex');
  return `${variant}-${nodes.length}-${hash.slice(0, 12)}`;
};

/** Whatever can have been frozen of an image. */
const keysOf = (nodeImage: string): FrozenKey[] =>
  variants.flatMap(({ name }) =>
    Array.from({ length: MOST_NODES }, (_, more) => ({ nodeImage, variant: name, nodes: nodeNames(more + 1) })),
  );
