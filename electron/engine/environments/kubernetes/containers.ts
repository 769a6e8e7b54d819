import type { ClusterPlan } from '../../catalog/cluster/plan.ts';
import { label } from '../../docker/labels.ts';
import type { ContainerSpec } from '../../docker/model.ts';
import { type EngineTraits, nodePrivileges } from './privileges.ts';
import { INTERFACE, prefixOf } from './wiring.ts';

/** Whose clusters they are and what they are made of. */
export interface ClusterKind {
  readonly owner: string;
  readonly nodeImage: string;
  readonly gatewayImage: string;
  readonly version: string;
}

/** The gateway among a run's containers: no node has this name. */
export const GATEWAY = 'gateway';

/** The role of every container of a cluster, by which those that belong to nobody are found. */
export const CLUSTER_ROLE = 'cluster';

/** Where containerd keeps what pods write. The folder of a container's image lies on an overlay, which cannot carry another one. */
const SNAPSHOTS = '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs';

/** Processes of a node with all its pods; a fork bomb must not take the laptop with it. */
const NODE_PROCESSES = 8192;

/** @param name Docker's own name of the container @param hostname the node's */
export const nodeSpec = (kind: ClusterKind, traits: EngineTraits, name: string, hostname: string): ContainerSpec => ({
  ...nodePrivileges(traits),
  name,
  hostname,
  image: kind.nodeImage,
  labels: labelsOf(kind),
  env: [`PATCHBAY_EXPECTS=${INTERFACE}`],
  volumes: [{ target: SNAPSHOTS, labels: { [label.owner]: kind.owner } }],
  // systemd's own word for an orderly end.
  stopSignal: 'SIGRTMIN+3',
  pidsLimit: NODE_PROCESSES,
});

/** A bridge, a resolver and a registry: it changes its own network (NET_ADMIN) and answers on port 53 (NET_BIND_SERVICE). */
export const gatewaySpec = (kind: ClusterKind, plan: ClusterPlan, name: string): ContainerSpec => ({
  name,
  hostname: GATEWAY,
  image: kind.gatewayImage,
  labels: labelsOf(kind),
  env: [`ADDRESS=${plan.gateway.address}/${prefixOf(plan)}`, `MAC=${plan.gateway.mac}`],
  capDrop: ['ALL'],
  capAdd: ['NET_ADMIN', 'NET_BIND_SERVICE', 'NET_RAW'],
  // What is sent out through it reaches its rules, and is refused at once.
  sysctls: { 'net.ipv4.ip_forward': '1' },
  pidsLimit: 256,
});

const labelsOf = ({ owner, nodeImage, version }: ClusterKind) => ({
  [label.owner]: owner,
  [label.role]: CLUSTER_ROLE,
  [label.unit]: nodeImage,
  [label.version]: version,
});
