import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { KubeReader } from '../../kubeReader.ts';

const LOOK = 500;

const Pods = z.object({
  items: z.array(
    z.object({
      status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) }),
    }),
  ),
});

/** Resolves when every pod of the cluster is ready, or when the time is over: it is worth waiting for, not failing for. */
export const podsSettled = async (kube: KubeReader, limitMs: number, signal: AbortSignal): Promise<void> => {
  const ends = performance.now() + limitMs;
  while (performance.now() < ends && !signal.aborted) {
    const read = Pods.safeParse(await kube.get('/api/v1/pods', { deadlineMs: 3000 }).catch(() => null));
    const ready = ({ status }: { status: { conditions: { type: string; status: string }[] } }) =>
      status.conditions.some((each) => each.type === 'Ready' && each.status === 'True');
    if (read.success && read.data.items.length > 0 && read.data.items.every(ready)) return;
    await delay(LOOK, undefined, { signal }).catch(() => undefined);
  }
};
