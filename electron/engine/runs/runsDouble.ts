/** For tests: all runs of a state directory, the product's own labs, and nodes in memory. */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { Catalog } from '../catalog/catalog.ts';
import { Labs } from '../labs.ts';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import { Runs } from './runs.ts';
import type { RunsOptions } from './runsOptions.ts';
import { type SiteDouble, siteDouble } from './siteDouble.ts';

const labs = new Labs(new Catalog([join(productRoot(), 'labs')], probes));

export const runsDouble = (
  stateDir: string,
  site: SiteDouble = siteDouble(),
  some: Partial<RunsOptions> = {},
): { runs: Runs; site: SiteDouble } => ({
  site,
  runs: new Runs({
    stateDir,
    appVersion: '0',
    lab: async (id) => labs.get(id),
    currentLab: (folder) => labs.hash(folder),
    site: async () => site,
    fits: async () => undefined,
    seedFor: async () => randomInt(2 ** 32),
    events: {
      changed: () => undefined,
      renewed: async () => undefined,
      revived: () => undefined,
      removed: () => undefined,
    },
    ...some,
  }),
});
