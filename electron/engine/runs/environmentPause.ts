import type { Containers, Pausing } from '../environments/provider.ts';
import { cannotPause } from './pausedErrors.ts';
import type { Presence } from './presence.ts';

/** How a run's environment comes to stand still as a whole. That it does stands in Docker alone: another engine finds it so. */
export class EnvironmentPause {
  readonly #run: string;
  readonly #presence: Presence;
  /** It was found paused: whoever had a way into it has to find it again. */
  #lostSight = false;

  constructor(run: string, presence: Presence) {
    this.#run = run;
    this.#presence = presence;
  }

  get holds(): boolean {
    return this.#presence.view.state === 'paused';
  }

  /** Whether an earlier engine left it paused; it is shown then and stays so. */
  async isFound(pausing: Pausing | null, containers: Containers): Promise<boolean> {
    if (!(await pausing?.isPaused(containers))) return false;
    this.#lostSight = true;
    this.#presence.show({ state: 'paused' });
    return true;
  }

  /** Rejects with `conflict` where this kind cannot, and with the reason where there is nothing to pause. Nothing where it is paused already. */
  async begin(pausing: Pausing | null): Promise<void> {
    if (this.holds) return;
    if (!pausing) throw cannotPause(this.#run);
    const live = this.#presence.reader();
    // Nobody reads a cluster of which half stands still.
    this.#presence.withdraw();
    this.#presence.show({ state: 'paused' });
    try {
      await pausing.pause(live);
    } catch (error) {
      this.#presence.enter(live);
      throw error;
    }
    live.close();
  }

  /** It goes on. Names of the nodes whose shells could not be reached while everything stood still. */
  end(nodes: readonly string[]): readonly string[] {
    const lost = this.#lostSight ? nodes : [];
    this.#lostSight = false;
    return lost;
  }
}
