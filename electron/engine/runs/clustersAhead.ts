import { randomInt } from 'node:crypto';
import type { Settings } from '../../contract/models/status.ts';
import { planCluster } from '../catalog/cluster/plan.ts';
import { variants } from '../catalog/cluster/variants.ts';
import type { ClusterTopology } from '../catalog/expanded.ts';
import type { Lab } from '../catalog/lab.ts';
import { type Room, shortOfRoom } from '../environments/room.ts';
import type { Site } from './site.ts';

export interface ClustersAheadOptions {
  site(): Site | null;
  room(): Promise<Room | null>;
  settings(): Settings;
}

/** Milliseconds after the start of a cluster: its pods come first. */
const LATER = 45_000;
/** Seeds that are drawn to find one of a variant; of four variants one in four fits. */
const TRIES = 200;

const GIB = 1024 ** 3;
/** Bytes that must be free for a cluster that stands by and for everything else that the learner does. */
const COMFORT = 3 * GIB;

/**
 * What makes the next cluster's start short, done while nobody waits: a state of it that kubeadm made, and one that stands by. Only where the
 * setting and the memory allow.
 */
export class ClustersAhead {
  readonly #options: ClustersAheadOptions;
  readonly #closing = new AbortController();
  #working: Promise<void> = Promise.resolve();
  #turn = new AbortController();

  constructor(options: ClustersAheadOptions) {
    this.#options = options;
  }

  /**
   * A seed for a run that is free to have any: of what stands by for it, else of a state that is kept, so that nothing has to be made first. Which of
   * the kept ones, and everything else that follows from a seed, is by chance.
   */
  async seedFor(lab: Lab): Promise<number> {
    const first = randomInt(2 ** 32);
    const clusters = this.#options.site()?.clusters;
    if (lab.environment.kind !== 'kubernetes' || !clusters) return first;
    const count = lab.environment.nodes.length;
    const standing = clusters.standingBy(count);
    const wanted = standing === null ? await this.#kept(count) : [standing];
    if (wanted.length === 0) return first;
    const seeds = [first, ...Array.from({ length: TRIES }, () => randomInt(2 ** 32))];
    return seeds.find((seed) => wanted.includes(variantOf(lab, seed))) ?? first;
  }

  /** The images are there: the first start of all should not have to wait for kubeadm. */
  prepared(count: number): void {
    this.#next(async (signal) => {
      if ((await this.#kept(count)).length === 0) await this.#freeze(count, signal);
    });
  }

  /** A cluster was started, so that another one is likely: one that stands by, and then one more variant, so that values differ between runs. */
  started(count: number): void {
    this.#next(async (signal) => {
      await quietTime(signal);
      await this.#standBy(count, signal);
      await this.#freeze(count, signal);
    });
  }

  /** Ends what is being made and removes what stands by; `started` begins again. */
  async standDown(): Promise<void> {
    this.#turn.abort();
    await this.#working;
    await this.#options.site()?.clusters.standDown();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#working;
  }

  /** One thing at a time, the newest; what cannot be made ahead is made when it is needed, and says then why it cannot. */
  #next(work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#options.settings().clusters !== 'background' || this.#closing.signal.aborted) return;
    this.#turn.abort();
    this.#turn = new AbortController();
    const signal = AbortSignal.any([this.#turn.signal, this.#closing.signal]);
    this.#working = this.#working
      .then(() => (signal.aborted ? undefined : work(signal)))
      .catch((error) => {
        if (!signal.aborted) console.error('A cluster could not be made ahead:', error);
      });
  }

  async #standBy(count: number, signal: AbortSignal): Promise<void> {
    const clusters = this.#options.site()?.clusters;
    if (!clusters || this.#options.settings().standby === 'off' || clusters.standingBy(count) !== null) return;
    const room = await this.#options.room();
    if (!room || shortOfRoom({ kind: 'kubernetes', nodes: count }, room)) return;
    if ((room.memoryFree ?? 0) < COMFORT) return;
    const kept = await this.#kept(count);
    const variant = kept[randomInt(Math.max(kept.length, 1))];
    if (variant !== undefined) await clusters.standBy(topologyOf(variant, count), signal);
  }

  async #freeze(count: number, signal: AbortSignal): Promise<void> {
    const clusters = this.#options.site()?.clusters;
    const room = await this.#options.room();
    if (!clusters || !room || shortOfRoom({ kind: 'kubernetes', nodes: count }, room)) return;
    const kept = await this.#kept(count);
    const missing = variants.filter(({ name }) => !kept.includes(name));
    const next = missing[randomInt(Math.max(missing.length, 1))];
    if (next) await clusters.freezeAhead(topologyOf(next.name, count), signal);
  }

  /** Names of the variants whose state is kept for so many nodes. */
  async #kept(count: number): Promise<string[]> {
    const clusters = this.#options.site()?.clusters;
    if (!clusters) return [];
    const kept = await Promise.all(
      variants.map(async ({ name }) => ((await clusters.isFrozen(topologyOf(name, count))) ? [name] : [])),
    );
    return kept.flat();
  }
}

/** Rejects when the signal aborts. */
const quietTime = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, LATER);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

const variantOf = (lab: Lab, seed: number): string => planCluster({ seed, lab: lab.id, count: 1 }).plan.variant.name;

const topologyOf = (variant: string, count: number): ClusterTopology => ({
  kind: 'kubernetes',
  cni: 'flannel',
  ...planCluster({ seed: randomInt(2 ** 32), lab: 'ahead', count }, { 'cluster:variant': variant }).plan,
});
