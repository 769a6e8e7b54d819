import type { EnvironmentView } from '../contract/models/run.ts';
import { runChanged } from '../contract/pushes.ts';
import type { Pushes } from './pushes.ts';
import type { Run } from './runs/run.ts';

/** Tells pages how a run is: many changes as one, but another state of its environment at once, for somebody waits for that. */
export class RunPushes {
  readonly #pushes: Pushes;
  readonly #told = new Map<string, EnvironmentView['state']>();

  constructor(pushes: Pushes) {
    this.#pushes = pushes;
  }

  changed(run: Run, isThere: () => boolean): void {
    const { state } = run.environment.view;
    const view = () => (isThere() ? run.view : null);
    if (this.#told.get(run.id) === state) return this.#pushes.sendSoon(runChanged, run.id, view);
    this.#told.set(run.id, state);
    this.#pushes.sendNow(runChanged, run.id, view);
  }

  forget(run: string): void {
    this.#told.delete(run);
  }
}
