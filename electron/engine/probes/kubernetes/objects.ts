import { z } from 'zod';
import { LabError } from '../../../contract/error.ts';
import type { NodeHandle } from '../../environments/environment.ts';
import type { KubeReader } from '../../environments/kubeReader.ts';
import type { Kind } from './kinds.ts';

/** Milliseconds that the API server has for one answer: just after a start it can be busy for seconds. */
export const API_DEADLINE = 6000;

/** Milliseconds for probes that ask the API server and then read what it told of. */
export const API_LIMIT = API_DEADLINE + 4000;

const Metadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  annotations: z.record(z.string(), z.string()).default({}),
});

/** An object of the API: its metadata is looked at, the rest is as it came. */
const Object_ = z.looseObject({ metadata: Metadata });
export type KubeObject = z.output<typeof Object_>;

const List = z.looseObject({ items: z.array(z.looseObject({ metadata: z.looseObject(Metadata.shape) })) });

export interface Selection {
  readonly name?: string | undefined;
  /** Null: of all namespaces. */
  readonly namespace: string | null;
  /** Labels, as kubectl's `-l` takes them. */
  readonly selector?: string | undefined;
  /** Field selector, as kubectl's `--field-selector` takes it. */
  readonly fields?: string | undefined;
}

/**
 * The objects that a selection finds, by a list, so that one that is not there is an empty list and no fault.
 * Rejects with `probe-failed` or `probe-timeout` when the API server does not answer.
 */
export const objectsOf = async (node: NodeHandle, kind: Kind, selection: Selection): Promise<KubeObject[]> => {
  const { name, namespace, selector, fields } = selection;
  const place = kind.namespaced && namespace !== null ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const query = new URLSearchParams();
  const byField = [name === undefined ? '' : `metadata.name=${name}`, fields ?? ''].filter(Boolean).join(',');
  if (byField) query.set('fieldSelector', byField);
  if (selector) query.set('labelSelector', selector);
  const path = `${kind.api}${place}/${kind.plural}${query.size > 0 ? `?${query}` : ''}`;
  const answer = await clusterOf(node).get(path, { deadlineMs: API_DEADLINE });
  // No such kind of objects: then there is none of them.
  if (answer === null) return [];
  const parsed = List.safeParse(answer);
  if (!parsed.success) throw strange(path, parsed.error);
  return parsed.data.items;
};

export const clusterOf = (node: NodeHandle): KubeReader => {
  if (node.kube) return node.kube;
  throw new LabError(
    'lab-invalid',
    'This lab cannot be graded here: it asks a cluster, and its environment has none.',
    {
      hint: 'This is a mistake in the lab, not yours, and costs nothing. `patchbay lint LAB` shows it.',
    },
  );
};

export const strange = (path: string, cause?: unknown): LabError =>
  new LabError(
    'probe-failed',
    `Patchbay could not read the cluster: \`kubectl get --raw '${path}'\` answered something else than objects.`,
    {
      hint: 'This is not your mistake and costs nothing. Check again; if it stays so, reset the environment, and see `patchbay doctor`.',
      data: { path },
      cause,
    },
  );
