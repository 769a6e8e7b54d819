import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageFolder } from './table.ts';

/** An image that clusters can pull, without a network. */
export interface AppImage {
  /** As a learner writes it: `nginx`, `wbitt/network-multitool`, `registry.k8s.io/e2e-test-images/jessie-dnsutils`. */
  readonly name: string;
  readonly tags: readonly string[];
}

/** Docker's own namespace, which nobody writes. */
const LIBRARY = 'library/';

/** What the mirror of a cluster has, for whoever asked for something else. The gateway's own table says it. */
export const appImages = (table = readFileSync(join(imageFolder('gateway'), 'apps', 'table'), 'utf8')): AppImage[] =>
  table
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => {
      const [, path = '', ...tags] = line.trim().split(/\s+/);
      return { name: written(path), tags };
    });

const written = (path: string): string => {
  if (path.startsWith(LIBRARY)) return path.slice(LIBRARY.length);
  return path.startsWith('e2e-test-images/') ? `registry.k8s.io/${path}` : path;
};
