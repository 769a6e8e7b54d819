import type { ErrorView } from '../../electron/contract/error.ts';
import { commandsIn } from '../components/commandsIn.ts';

/** The facts of a failed start that the page shows apart, as far as the error carries them. */
export interface Failure {
  readonly node: string | null;
  readonly component: string | null;
  readonly log: string[];
  readonly command: string | null;
}

export function failureOf(error: ErrorView): Failure {
  const text = (key: string): string | null => {
    const value = error.data[key];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const log = error.data.log;
  return {
    node: text('node'),
    component: text('component'),
    log: Array.isArray(log) ? log.map(String) : typeof log === 'string' ? log.trimEnd().split('\n') : [],
    command: text('command') ?? commandsIn(error.hint ?? '')[0] ?? null,
  };
}
