import type { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';

/** The lines of a start: each runs once, in any overlap, and keeps its own clock. */
export class StepList {
  readonly #began = performance.now();
  #steps: Step[];

  constructor(steps: readonly { id: string; title: string; usual: number | null }[]) {
    this.#steps = steps.map((step) => ({
      ...step,
      state: 'waiting',
      from: null,
      seconds: null,
      detail: null,
      error: null,
    }));
  }

  get steps(): Step[] {
    const now = this.#elapsed();
    return this.#steps.map((step) =>
      step.state === 'running' ? { ...step, seconds: round(now - (step.from ?? now)) } : step,
    );
  }

  run(id: string, detail: string | null = null): void {
    this.#change(id, (step) => ({ ...step, state: 'running', from: step.from ?? round(this.#elapsed()), detail }));
  }

  done(id: string): void {
    this.#change(id, (step) => ({ ...step, state: 'done', ...this.#spent(step), detail: null }));
  }

  /** The steps under way are the ones that failed. */
  fail(error: LabError): void {
    const running = this.#steps.filter((step) => step.state === 'running');
    for (const { id } of running.length > 0
      ? running
      : this.#steps.filter((step) => step.state === 'waiting').slice(0, 1)) {
      this.#change(id, (step) => ({ ...step, state: 'failed', ...this.#spent(step), error: error.toView() }));
    }
  }

  #spent(step: Step): { from: number; seconds: number } {
    const from = step.from ?? round(this.#elapsed());
    return { from, seconds: round(this.#elapsed() - from) };
  }

  #elapsed(): number {
    return (performance.now() - this.#began) / 1000;
  }

  #change(id: string, by: (step: Step) => Step): void {
    this.#steps = this.#steps.map((step) => (step.id === id ? by(step) : step));
  }
}

const round = (seconds: number) => Math.round(seconds * 1000) / 1000;
