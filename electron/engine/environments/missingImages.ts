import { z } from 'zod';
import type { EnvironmentReader } from './environment.ts';
import type { KubeReader } from './kubeReader.ts';

/** A live cluster, as far as it matters here. */
export interface WatchedCluster {
  readonly kube: KubeReader;
  readonly onChange: EnvironmentReader['onChange'];
}

/** An image that pods wait for and that nobody can pull. */
export interface MissingImage {
  readonly image: string;
  /** As `namespace/name`. */
  readonly pods: readonly string[];
}

const PODS = '/api/v1/pods';
/** Milliseconds: many events make one look. */
const SETTLE = 200;
const DEADLINE = 5000;

/** Source: Kubernetes API, `PodList`; as much of it as is needed here. */
const Container = z.object({
  image: z.string(),
  state: z.object({ waiting: z.object({ reason: z.string().optional() }).optional() }).optional(),
});
const PodList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      status: z
        .object({
          containerStatuses: z.array(Container).optional(),
          initContainerStatuses: z.array(Container).optional(),
        })
        .optional(),
    }),
  ),
});

/**
 * Tells, whenever it is another list than before, for which images pods wait in vain. A change only wakes; the pods are read anew, so that what is
 * gone is gone from the list too. `has`: whether the mirror has an image, for then something else is wrong.
 */
export function followMissingImages(
  { kube, onChange }: WatchedCluster,
  has: (image: string) => boolean,
  tell: (missing: readonly MissingImage[]) => void,
  signal: AbortSignal,
): void {
  let told = '[]';
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    timer = undefined;
    const list = PodList.safeParse(await kube.get(PODS, { deadlineMs: DEADLINE }).catch(() => null));
    if (!list.success || signal.aborted) return;
    const missing = missingIn(list.data, has);
    if (JSON.stringify(missing) === told) return;
    told = JSON.stringify(missing);
    tell(missing);
  };
  const wake = () => {
    timer ??= setTimeout(() => void look(), SETTLE);
  };
  // The environment follows pods for whoever grades, too: a stream of its own would be a second one of the same.
  const unsubscribe = onChange(({ source }) => source === 'cluster' && wake());
  signal.addEventListener(
    'abort',
    () => {
      unsubscribe();
      clearTimeout(timer);
    },
    { once: true },
  );
  wake();
}

const missingIn = ({ items }: z.output<typeof PodList>, has: (image: string) => boolean): MissingImage[] => {
  const pods = new Map<string, string[]>();
  for (const { metadata, status } of items)
    for (const { image, state } of [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]) {
      const reason = state?.waiting?.reason;
      if ((reason !== 'ErrImagePull' && reason !== 'ImagePullBackOff') || has(image)) continue;
      const name = `${metadata.namespace}/${metadata.name}`;
      pods.set(image, [...(pods.get(image) ?? []).filter((each) => each !== name), name].sort());
    }
  return [...pods].map(([image, names]) => ({ image, pods: names })).sort((a, b) => a.image.localeCompare(b.image));
};
