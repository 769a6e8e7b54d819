import type { Row } from './row.ts';
import { cluster } from './rows/cluster.ts';
import { floods } from './rows/flood.ts';
import { freshStart } from './rows/freshStart.ts';
import { grading } from './rows/grading.ts';
import { keys } from './rows/keys.ts';
import { poolStart } from './rows/poolStart.ts';
import { tick } from './rows/tick.ts';
import { windowToCatalog } from './rows/window.ts';
import type { Site } from './site.ts';

export interface Measurement {
  /** For `--only`. */
  readonly name: string;
  measure(place: Site & { say(text: string): void }): Promise<Row[]>;
}

/** Everything that is measured. */
export const measurements: readonly Measurement[] = [
  { name: 'start', measure: freshStart },
  { name: 'pool', measure: poolStart },
  { name: 'grading', measure: grading },
  { name: 'tick', measure: tick },
  { name: 'keys', measure: keys },
  { name: 'flood', measure: floods },
  { name: 'window', measure: windowToCatalog },
  { name: 'cluster', measure: cluster },
];
