import type { Step } from '../../electron/contract/models/progress.ts';

/** One step on the common axis. All numbers are seconds since the start. */
export interface Bar {
  readonly step: Step;
  /** Where it began, or will begin as far as one knows; null when nobody knows. */
  readonly from: number | null;
  readonly took: number;
  /** What it usually takes beyond that. */
  readonly left: number;
}

export interface Timeline {
  readonly bars: Bar[];
  readonly elapsed: number;
  /** What all steps together usually take; null when one of them was never seen. */
  readonly usual: number | null;
  /** The length of the axis. */
  readonly end: number;
  readonly ticks: number[];
}

/** Steps on one axis; `since` is the seconds since they arrived, by which a running one has grown. */
export function timelineOf(steps: readonly Step[], since: number): Timeline {
  const bars: Bar[] = [];
  let reached = 0;
  for (const step of steps) {
    const took = (step.seconds ?? 0) + (step.state === 'running' ? Math.max(0, since) : 0);
    const waits = step.state === 'waiting';
    const from = step.from ?? (waits && step.usual !== null ? reached : null);
    const left = waits || step.state === 'running' ? Math.max(0, (step.usual ?? 0) - took) : 0;
    bars.push({ step, from, took, left });
    reached = Math.max(reached, (from ?? 0) + took + left);
  }
  const started = bars.filter(({ step }) => step.state !== 'waiting');
  const elapsed = Math.max(0, ...started.map((it) => (it.from ?? 0) + it.took));
  const usual = steps.every((it) => it.usual !== null) ? usualEnd(steps) : null;
  const { end, ticks } = axis(Math.max(reached, usual ?? 0, 1));
  return { bars, elapsed, usual, end, ticks };
}

/** Steps that began at once count once: each begins where it began, or after all before it. */
function usualEnd(steps: readonly Step[]): number {
  let end = 0;
  for (const step of steps) end = Math.max(end, (step.from ?? end) + (step.usual ?? 0));
  return end;
}

/** Four equal parts of a round number. */
function axis(seconds: number): { end: number; ticks: number[] } {
  const size = 10 ** Math.floor(Math.log10(seconds / 4));
  const part = [1, 2, 2.5, 5, 10].map((it) => it * size).find((it) => it * 4 >= seconds) ?? seconds;
  return { end: part * 4, ticks: [0, 1, 2, 3, 4].map((it) => Number((it * part).toFixed(2))) };
}
