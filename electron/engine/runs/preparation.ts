import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import type { PreparationView } from '../../contract/models/status.ts';
import { secondsLeft } from '../progress/secondsLeft.ts';
import type { RunningStep } from '../progress/stepList.ts';

/** Does nothing when all is there. Rejects with a LabError; interrupted, the next call goes on. */
export type Work = (onSteps: (steps: Step[]) => void, signal: AbortSignal) => Promise<void>;

/** Something that is made once on this machine, that several may wait for, and that is shown meanwhile. */
export class Preparation {
  readonly #work: Work;
  readonly #changed: () => void;
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<() => void>();
  #view: PreparationView = { state: 'unknown' };
  #underWay: Promise<void> | null = null;

  constructor(work: Work, changed: () => void, signal: AbortSignal) {
    this.#work = work;
    this.#changed = changed;
    this.#signal = signal;
  }

  get view(): PreparationView {
    return this.#view;
  }

  /**
   * Makes it, or joins who does; what failed is tried again. `step` shows what it is at. Who has waited long enough aborts the signal: it is made
   * all the same, for the next.
   */
  async run(step?: RunningStep, signal?: AbortSignal): Promise<void> {
    const tell = () => step && tellStep(step, this.#view);
    this.#waiting.add(tell);
    try {
      tell();
      this.#underWay ??= this.#make().finally(() => {
        this.#underWay = null;
      });
      await unlessAborted(this.#underWay, signal);
    } finally {
      this.#waiting.delete(tell);
    }
  }

  /** Settles when nothing is under way, well or not. */
  async settled(): Promise<void> {
    await this.#underWay?.catch(() => undefined);
  }

  async #make(): Promise<void> {
    let steps: Step[] = [];
    try {
      await this.#work((now) => {
        steps = now;
        this.#show({ state: 'preparing', steps });
      }, this.#signal);
      this.#show({ state: 'ready' });
    } catch (thrown) {
      const error = LabError.from(thrown);
      this.#show({ state: 'failed', error: error.toView(), steps });
      throw error;
    }
  }

  #show(view: PreparationView): void {
    this.#view = view;
    for (const tell of this.#waiting) tell();
    this.#changed();
  }
}

const unlessAborted = async (work: Promise<void>, signal: AbortSignal | undefined): Promise<void> => {
  if (!signal) return work;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new LabError('conflict', 'The start was given up.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop));
};

/** Of many steps the one that runs, in one line. */
const tellStep = (step: RunningStep, view: PreparationView): void => {
  if (view.state !== 'preparing') return;
  const running = view.steps.find(({ state }) => state === 'running');
  const spent = view.steps.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  const left = secondsLeft(view.steps);
  step.usually(left === null ? null : spent + left);
  if (running) step.detail([running.title, running.detail].filter(Boolean).join(': '));
};
