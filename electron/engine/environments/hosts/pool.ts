import { randomBytes } from 'node:crypto';
import type { Agent } from '../../agent/agent.ts';
import type { Docker } from '../../docker/docker.ts';
import { label } from '../../docker/labels.ts';
import { type NodeKind, nodeSpec, POOL_PREFIX } from './nodeSpec.ts';
import { preparationScript } from './wiring.ts';

/** A container without a run. `paused` must be undone before anything can run in it; its namespaces can be entered all the same. */
export interface SpareNode {
  readonly id: string;
  readonly pid: number;
  readonly paused: boolean;
  readonly startedAt: string;
}

/**
 * Generic nodes that stand by, paused, so that a lab opens at once. `take` gives what there is and makes the rest;
 * `fill` brings the pool back to its size in the background.
 */
export class Pool {
  readonly #docker: Docker;
  readonly #agent: Agent;
  readonly #kind: NodeKind;
  readonly #onChange: () => void;
  readonly #furnish: (container: string) => Promise<void>;
  #spare: SpareNode[] = [];
  /** Ids that were handed out: from then on whoever took them answers for them. */
  readonly #given = new Set<string>();
  #size = 0;
  #filling: Promise<void> | null = null;
  #closed = false;

  /** `furnish`: what else a node gets while it runs, before it is paused. */
  constructor(
    docker: Docker,
    agent: Agent,
    kind: NodeKind,
    onChange: () => void,
    furnish: (container: string) => Promise<void> = async () => undefined,
  ) {
    this.#docker = docker;
    this.#agent = agent;
    this.#kind = kind;
    this.#onChange = onChange;
    this.#furnish = furnish;
  }

  get standing(): number {
    return this.#spare.length;
  }

  /** Takes over what an earlier engine left standing by, and removes what belongs to nobody. `adopted`: container ids of runs. */
  async inherit(adopted: ReadonlySet<string>): Promise<void> {
    this.#spare = [];
    const mine = await this.#docker.list({ [label.owner]: this.#kind.owner, [label.role]: 'node' });
    const spec = nodeSpec(this.#kind, '');
    await Promise.all(
      mine
        .filter((container) => !adopted.has(container.id) && !this.#given.has(container.id))
        .map(async (container) => {
          const state = await this.#docker.inspect(container.id);
          const usable =
            state?.state === 'paused' &&
            state.name.startsWith(POOL_PREFIX) &&
            state.labels[label.unit] === spec.labels[label.unit] &&
            state.labels[label.version] === this.#kind.version;
          if (usable) this.#spare.push({ id: state.id, pid: state.pid, paused: true, startedAt: state.startedAt });
          else await this.#docker.remove(container.id);
        }),
    );
    this.#onChange();
  }

  /** So many nodes, those that stand by first; the others are made now, side by side. */
  async take(count: number): Promise<SpareNode[]> {
    const ready = this.#spare.splice(0, count);
    this.#onChange();
    const made = await Promise.allSettled(Array.from({ length: count - ready.length }, () => this.#make()));
    const failed = made.find((result) => result.status === 'rejected');
    const nodes = [...ready, ...made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))];
    for (const { id } of nodes) this.#given.add(id);
    if (!failed) return nodes;
    await Promise.allSettled(nodes.map((node) => this.#docker.remove(node.id)));
    throw failed.reason;
  }

  /** Sets the size and works towards it; a call while it works is the same work. */
  fill(size: number): Promise<void> {
    this.#size = size;
    this.#filling ??= this.#work().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  /** Forgets a container that is gone or was started outside of us. */
  forget(id: string): void {
    const before = this.#spare.length;
    this.#spare = this.#spare.filter((node) => node.id !== id);
    if (this.#spare.length !== before) this.#onChange();
  }

  /** Removes all that stand by. */
  async drain(): Promise<void> {
    this.#closed = true;
    await this.#filling?.catch(() => undefined);
    await Promise.allSettled(this.#spare.splice(0).map((node) => this.#docker.remove(node.id)));
    this.#onChange();
  }

  /** Ends the work in the background; what stands by stays for the next engine. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#filling?.catch(() => undefined);
  }

  /** One at a time: it must not slow down what the learner is doing. The size may change meanwhile. */
  async #work(): Promise<void> {
    while (!this.#closed && this.#spare.length !== this.#size) {
      if (this.#spare.length > this.#size) {
        const extra = this.#spare.pop();
        if (extra) await this.#docker.remove(extra.id);
      } else {
        this.#spare.push(await this.#lay());
      }
      this.#onChange();
    }
  }

  /** One more that stands by; what cannot be paused is not kept. */
  async #lay(): Promise<SpareNode> {
    const node = await this.#make();
    try {
      // A node without it is as good, only slower.
      await this.#furnish(node.id).catch(() => undefined);
      await this.#docker.pause(node.id);
    } catch (error) {
      await this.#docker.remove(node.id).catch(() => undefined);
      throw error;
    }
    return { ...node, paused: true };
  }

  async #make(): Promise<SpareNode> {
    const id = await this.#docker.create(nodeSpec(this.#kind, POOL_PREFIX + randomBytes(5).toString('hex')));
    try {
      await this.#docker.start(id);
      const state = await this.#docker.inspect(id);
      if (!state?.pid) throw new Error('the node ended as soon as it was started');
      await this.#agent.run(preparationScript(state.pid));
      return { id, pid: state.pid, paused: false, startedAt: state.startedAt };
    } catch (error) {
      await this.#docker.remove(id).catch(() => undefined);
      throw error;
    }
  }
}
