import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';

/** The most that a detail changes, milliseconds: apt prints faster than anybody reads. */
const PACE = 250;

/** Steps that are told as they change, and once a second while one of them runs, so that its time goes on. */
export class StepList {
  readonly #steps = new Map<string, Step>();
  readonly #began = performance.now();
  readonly #onSteps: (steps: Step[]) => void;
  readonly #timer: NodeJS.Timeout;
  #told = 0;

  /** `usual`: seconds that a step usually takes, where that is known before it begins. */
  constructor(
    titles: Readonly<Record<string, string>>,
    onSteps: (steps: Step[]) => void,
    usual: Readonly<Record<string, number>> = {},
  ) {
    this.#onSteps = onSteps;
    for (const [id, title] of Object.entries(titles))
      this.#steps.set(id, {
        id,
        title,
        state: 'waiting',
        from: null,
        seconds: null,
        usual: usual[id] ?? null,
        detail: null,
        error: null,
      });
    this.#timer = setInterval(() => this.#tell(), 1000);
    this.#timer.unref();
    this.#tell();
  }

  /** Runs one step; its end, good or bad, is told. */
  async run<T>(id: string, work: (step: RunningStep) => Promise<T>): Promise<T> {
    const step = this.#steps.get(id);
    if (!step) throw new Error(`No step is called ${id}.`);
    const from = this.#seconds();
    const change = (changes: Partial<Step>) => {
      Object.assign(step, changes, { from, seconds: this.#since(from) });
      this.#tell();
    };
    change({ state: 'running' });
    try {
      const result = await work({
        usually: (seconds) => change({ usual: seconds }),
        detail: (text) => {
          step.detail = text.slice(0, 120);
          if (performance.now() - this.#told > PACE) this.#tell();
        },
      });
      change({ state: 'done', detail: null });
      return result;
    } catch (error) {
      change({ state: 'failed', error: LabError.from(error).toView() });
      throw error;
    }
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tell(): void {
    this.#told = performance.now();
    for (const step of this.#steps.values()) if (step.state === 'running') step.seconds = this.#since(step.from ?? 0);
    this.#onSteps([...this.#steps.values()].map((step) => ({ ...step })));
  }

  /** To the hundredth. */
  #seconds(): number {
    return Math.round((performance.now() - this.#began) / 10) / 100;
  }

  #since(from: number): number {
    return Math.round((this.#seconds() - from) * 100) / 100;
  }
}

export interface RunningStep {
  usually(seconds: number | null): void;
  /** What it is at just now. */
  detail(text: string): void;
}

/** For work that nobody watches. */
export const unseenStep: RunningStep = { usually: () => undefined, detail: () => undefined };
