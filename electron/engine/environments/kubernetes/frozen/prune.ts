import type { Docker } from '../../../docker/docker.ts';
import { label } from '../../../docker/labels.ts';
import { CLUSTER_ROLE } from '../containers.ts';
import { FrozenStore } from './store.ts';

export interface Pruning {
  /** Whose clusters are asked about. */
  readonly owner: string;
  readonly stateDir: string;
  /** The image that clusters are made of now; null where its states are to go as well. */
  readonly current: string | null;
}

/** Removes kept states from which nothing is started any more. A cluster that stands keeps that of its own image: its keys are read from there. */
export const pruneStates = async (
  docker: Pick<Docker, 'list'>,
  { owner, stateDir, current }: Pruning,
): Promise<void> => {
  const standing = await docker.list({ [label.owner]: owner, [label.role]: CLUSTER_ROLE });
  const used = standing.flatMap(({ labels }) => labels[label.unit] ?? []);
  await new FrozenStore(stateDir).keepOnly([...used, ...(current === null ? [] : [current])]);
};
