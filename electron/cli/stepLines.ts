import type { Step } from '../contract/models/progress.ts';
import type { Output } from './output.ts';

/** Tells each step once when it begins and once when it ends. */
export function stepPrinter(output: Output): (steps: readonly Step[]) => void {
  const told = new Map<string, Step['state']>();
  return (steps) => {
    for (const step of steps) {
      if (step.state === 'waiting' || told.get(step.id) === step.state) continue;
      told.set(step.id, step.state);
      const text = stepLine(step);
      if (step.state === 'running') output.note(output.style('dim', text));
      else output.note(text);
    }
  };
}

export function stepLine({ title, state, seconds, usual, detail }: Step): string {
  const sign = { waiting: ' ', running: '·', done: '✓', failed: '✗' }[state];
  const time =
    state === 'running' ? (usual === null ? '' : `usually ${span(usual)}`) : seconds === null ? '' : span(seconds);
  return [`${sign} ${title}`, time, state === 'done' ? '' : (detail ?? '')].filter((it) => it !== '').join('  ');
}

export const span = (seconds: number): string =>
  seconds < 60
    ? `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
    : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
