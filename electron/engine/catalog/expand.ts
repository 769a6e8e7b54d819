import type { ExpandedLab } from './expanded.ts';
import type { Lab } from './lab.ts';

/**
 * The lab with every template replaced. `seed` is a uint32; `recorded` are the `actual` values of an earlier expansion:
 * what stands there is taken as it is, only what does not is drawn from the seed.
 */
export const expandLab = (lab: Lab, seed: number, recorded: Readonly<Record<string, string>> = {}): ExpandedLab => {
  throw new Error(`not yet: ${lab.id} ${seed} ${Object.keys(recorded).length}`);
};
