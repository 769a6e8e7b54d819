import { randomBytes } from 'node:crypto';
import type { NodeProfile } from '../../catalog/schema.ts';
import { label } from '../../docker/labels.ts';
import type { ContainerSpec } from '../../docker/model.ts';
import { profiles } from './profiles.ts';

/** Whose node it is and what it is made of. */
export interface NodeKind {
  readonly owner: string;
  readonly image: string;
  readonly version: string;
  readonly profile: NodeProfile;
}

/** Docker makes all of /proc/sys read-only; a learner must be able to `sysctl -w net...`, so only the rest of it stays so. */
const readonlyPaths = [
  '/proc/bus',
  '/proc/fs',
  '/proc/irq',
  '/proc/sysrq-trigger',
  ...['kernel', 'vm', 'fs', 'debug', 'dev'].map((part) => `/proc/sys/${part}`),
];

export const POOL_PREFIX = 'patchbay-pool-';

/** A name until a run gives it another one. */
export const poolName = (): string => POOL_PREFIX + randomBytes(5).toString('hex');

/** A generic node with no network: what it is for is decided when a run adopts it. */
export const nodeSpec = (kind: NodeKind, name: string): ContainerSpec => ({
  name,
  image: kind.image,
  hostname: 'node',
  command: ['sleep', 'infinity'],
  labels: {
    [label.owner]: kind.owner,
    [label.role]: 'node',
    [label.unit]: `${kind.image}#${kind.profile}`,
    [label.version]: kind.version,
  },
  capDrop: ['ALL'],
  capAdd: profiles[kind.profile].map(({ capability }) => capability),
  apparmor: 'unconfined',
  readonlyPaths,
  // A fork bomb in a lab must not take the laptop with it.
  pidsLimit: 1024,
});
