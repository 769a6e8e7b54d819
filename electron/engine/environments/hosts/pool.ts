import type { Agent } from '../../agent/agent.ts';
import type { Docker } from '../../docker/docker.ts';
import { label } from '../../docker/labels.ts';
import { type NodeKind, nodeSpec, POOL_PREFIX, poolName } from './nodeSpec.ts';
import { runningPid } from './runningPid.ts';
import { preparationScript } from './wiring.ts';

/** A paused container without a run. It must be woken before anything can run in it; its namespaces can be entered all the same. */
export interface SpareNode {
  readonly id: string;
  readonly pid: number;
}

/**
 * Generic nodes that stand by, paused, so that a lab opens at once. `take` gives what there is, `make` what is wanted beyond it;
 * `fill` brings the pool back to its size in the background.
 */
export class Pool {
  readonly #docker: Docker;
  readonly #agent: Agent;
  readonly #kind: NodeKind;
  readonly #onChange: () => void;
  readonly #equip: (container: string) => Promise<void>;
  #spare: SpareNode[] = [];
  /** Ids that were handed out: from then on whoever took them answers for them. */
  readonly #given = new Set<string>();
  #size = 0;
  #filling: Promise<void> | null = null;
  #closed = false;

  /** `equip`: what else a node gets while it runs, before it is paused. */
  constructor(
    docker: Docker,
    agent: Agent,
    kind: NodeKind,
    onChange: () => void,
    equip: (container: string) => Promise<void> = async () => undefined,
  ) {
    this.#docker = docker;
    this.#agent = agent;
    this.#kind = kind;
    this.#onChange = onChange;
    this.#equip = equip;
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
          if (usable) this.#spare.push({ id: state.id, pid: state.pid });
          else await this.#docker.remove(container.id);
        }),
    );
    this.#onChange();
  }

  /** So many of those that stand by, or all. */
  take(count: number): SpareNode[] {
    const taken = this.#spare.splice(0, count);
    for (const { id } of taken) this.#given.add(id);
    this.#onChange();
    return taken;
  }

  /** Whether nodes of this profile stand by. */
  holds(profile: NodeKind['profile']): boolean {
    return profile === this.#kind.profile;
  }

  /**
   * A new node for who needs one more than stand by, or another one, not started yet; answers its id. Rejects as Docker does: `conflict` for a name
   * that is taken.
   */
  async make(name: string, profile: NodeKind['profile']): Promise<string> {
    const id = await this.#docker.create(nodeSpec({ ...this.#kind, profile }, name));
    this.#given.add(id);
    return id;
  }

  /** What else a node gets while it runs; one without it is as good, only slower. */
  async furnish(id: string): Promise<void> {
    await this.#equip(id).catch(() => undefined);
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
    const id = await this.#docker.create(nodeSpec(this.#kind, poolName()));
    try {
      await this.#docker.start(id);
      const pid = await runningPid(this.#docker, id);
      await this.#agent.run(preparationScript(pid));
      await this.furnish(id);
      await this.#docker.pause(id);
      return { id, pid };
    } catch (error) {
      await this.#docker.remove(id).catch(() => undefined);
      throw error;
    }
  }
}
