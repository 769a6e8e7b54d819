import { label } from '../../docker/labels.ts';
import type { ContainerSpec } from '../../docker/model.ts';
import { nodePrivileges } from './privileges.ts';

/** Whose nodes they are and what those with an engine are made of. */
export interface EngineKind {
  readonly owner: string;
  readonly image: string;
  readonly version: string;
}

/** The role of every node with an engine, by which those that belong to nobody are found. */
export const ENGINE_ROLE = 'engine-node';

/** Images, containers and volumes of the node's engine: the folder of a container's image lies on an overlay, which cannot carry another one. */
const DATA = '/var/lib/docker';

/** Processes of a node with all its containers; a fork bomb must not take the laptop with it. */
const NODE_PROCESSES = 4096;

export const engineSpec = ({ owner, image, version }: EngineKind, name: string): ContainerSpec => ({
  ...nodePrivileges,
  name,
  hostname: 'node',
  image,
  labels: {
    [label.owner]: owner,
    [label.role]: ENGINE_ROLE,
    [label.unit]: image,
    [label.version]: version,
  },
  volumes: [{ target: DATA, labels: { [label.owner]: owner } }],
  pidsLimit: NODE_PROCESSES,
});
