import type { Docker } from '../docker/docker.ts';
import { label } from '../docker/labels.ts';
import type { ContainerState } from '../docker/model.ts';
import { ENGINE_ROLE } from './docker/containers.ts';
import { CLUSTER_ROLE } from './kubernetes/containers.ts';

/** What the containers of environments are labelled with: those of hosts labs, those with a Docker Engine, and those of clusters. */
const roles = ['node', ENGINE_ROLE, CLUSTER_ROLE] as const;

/** Every environment's containers on this Docker Engine, of whatever owner. */
export const allNodes = async (docker: Pick<Docker, 'list'>): Promise<ContainerState[]> =>
  (await Promise.all(roles.map((role) => docker.list({ [label.role]: role })))).flat();
