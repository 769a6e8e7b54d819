import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { LabError } from '../../../../contract/error.ts';
import type { ClusterPlan } from '../../../catalog/cluster/plan.ts';
import type { KubeReader } from '../../kubeReader.ts';

const LOOK = 100;

const Leases = z.object({
  items: z.array(
    z.object({ metadata: z.object({ name: z.string() }), spec: z.object({ renewTime: z.string().nullish() }) }),
  ),
});

/** Resolves when every node has renewed its lease since then (milliseconds of the nodes' clock). Rejects with `timeout`. */
export const leasesRenewed = async (
  kube: KubeReader,
  plan: ClusterPlan,
  since: number,
  limitMs: number,
): Promise<void> => {
  const ends = performance.now() + limitMs;
  for (;;) {
    const list = await kube
      .get('/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases', { deadlineMs: 2000 })
      .catch(() => null);
    const renewed = renewedLeases(list, since);
    if (plan.nodes.every(({ name }) => renewed.includes(name))) return;
    if (performance.now() > ends)
      throw new LabError('timeout', `The nodes did not renew their leases within ${limitMs / 1000} s.`, {
        data: {
          component: 'kubelet',
          nodes: plan.nodes.map(({ name }) => name).filter((name) => !renewed.includes(name)),
        },
      });
    await delay(LOOK);
  }
};

/** Source: Kubernetes API, LeaseSpec: renewTime has microseconds. */
export const renewedLeases = (list: unknown, since: number): string[] => {
  const read = Leases.safeParse(list);
  if (!read.success) return [];
  return read.data.items
    .filter(({ spec }) => Date.parse(spec.renewTime ?? '') >= since)
    .map(({ metadata }) => metadata.name);
};
