import type { NodeHandle } from '../../environments/environment.ts';
import { valuesAt } from './fieldPath.ts';
import { kindNamed } from './kinds.ts';
import { type KubeObject, objectsOf, type Selection } from './objects.ts';

/** Pods that a selection finds. */
export const podsOf = async (node: NodeHandle, selection: Selection): Promise<KubeObject[]> => {
  const kind = kindNamed('Pod');
  return kind ? objectsOf(node, kind, selection) : [];
};

export interface RunningPod {
  readonly pod: KubeObject;
  /** The node with `net` in the pod's network. */
  readonly inside: NodeHandle;
}

/** Pods of this node that run and have a network of their own, with a way into it. */
export const networksOf = async (node: NodeHandle, selection: Selection): Promise<RunningPod[]> => {
  const pods = (await podsOf(node, { ...selection, fields: `spec.nodeName=${node.name}` })).filter(
    (pod) => valuesAt(pod, 'spec.hostNetwork')[0] !== true,
  );
  const found = await Promise.all(pods.map(async (pod) => ({ pod, inside: await node.inPod(cgroupUid(pod)) })));
  return found.flatMap(({ pod, inside }) => (inside ? [{ pod, inside }] : []));
};

/** A static pod's mirror in the API has a uid of its own; the kubelet's cgroup carries the hash of the manifest. */
const cgroupUid = ({ metadata }: KubeObject): string =>
  metadata.annotations['kubernetes.io/config.hash'] ?? metadata.uid;
