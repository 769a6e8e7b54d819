import { z } from 'zod';
import { watchedPaths } from '../environments/kubernetes/watchedPaths.ts';
import { parsePath, valuesAt } from './kubernetes/fieldPath.ts';
import { type Kind, kindNamed, kindNames } from './kubernetes/kinds.ts';
import { API_LIMIT, type KubeObject, objectsOf } from './kubernetes/objects.ts';
import { namespaceOrAll, selectorParams } from './kubernetes/params.ts';
import type { Probe, Row } from './probe.ts';

const params = z
  .strictObject({
    kind: z.string().min(1).describe('Pod, Service, Deployment, ...; or with `api` the plural, such as `widgets`'),
    api: z
      .string()
      .regex(/^[a-z0-9.-]+\/v\w+$/, 'is not group and version, such as example.com/v1')
      .optional()
      .describe('Group and version of a kind that Kubernetes itself does not have'),
    ...selectorParams,
    fields: z.string().optional().describe('A field selector, such as spec.nodeName=node01'),
    path: z
      .string()
      .refine(
        (path) => parsePath(path) !== null,
        'is not a path such as spec.clusterIP or status.addresses[type=InternalIP].address',
      )
      .optional()
      .describe(
        'A field of the object: `spec.containers[*].image`, `status.addresses[type=InternalIP].address`, `data["a.b"]`',
      ),
  })
  .refine(({ kind, api }) => api !== undefined || kindNamed(kind) !== null, {
    path: ['kind'],
    message: `is not a kind that Kubernetes itself has: ${kindNames.join(', ')}`,
  });

/** Objects of the cluster, asked of its API with a certificate of our own. A row for each object, or with `path` for each value. */
export const kubeProbe: Probe<typeof params> = {
  name: 'kube',
  about: "Objects of the cluster (`kubectl get`), by its API and not the learner's kubectl. The node may be any",
  mode: 'observe',
  events: ({ kind, api }) => (api === undefined && isWatched(kindNamed(kind)) ? 'cluster' : null),
  params,
  main: 'name',
  limit: () => API_LIMIT,
  fields: {
    name: { type: 'name', about: 'Its name' },
    namespace: { type: 'name', about: 'Its namespace' },
    value: { type: 'text', about: 'What `path` leads to; a row for each value' },
    node: { type: 'name', about: 'Of a pod: the node that it is on' },
    ready: {
      type: 'boolean',
      about: 'Of a pod or node: its condition Ready; of what keeps pods: whether as many are ready as are asked for',
    },
    'dns-name': {
      type: 'name',
      about:
        'What the DNS of a cluster.local calls it: NAME.NAMESPACE.svc.cluster.local of a service, A-B-C-D.NAMESPACE.pod.cluster.local of a pod',
    },
    count: { type: 'count', about: 'How many such objects there are' },
  },
  async read(node, { kind, api, path, name, namespace, selector, fields }) {
    const place = kindNamed(kind) ?? { kind, plural: kind, api: '', namespaced: namespace !== undefined };
    const found = await objectsOf(node, api === undefined ? place : { ...place, api: `/apis/${api}` }, {
      name,
      namespace: namespaceOrAll(namespace),
      selector,
      fields,
    });
    return found.flatMap((object) => {
      const row = { ...rowOf(object, place), count: found.length };
      const values = path === undefined ? [] : valuesAt(object, path);
      return values.length === 0 ? [{ ...row, value: null }] : values.map((value) => ({ ...row, value }));
    });
  },
};

const isWatched = (kind: Kind | null): boolean => kind !== null && watchedPaths.includes(`${kind.api}/${kind.plural}`);

const rowOf = (object: KubeObject, kind: Kind): Row => ({
  name: object.metadata.name,
  namespace: object.metadata.namespace ?? null,
  node: kind.kind === 'Pod' ? (valuesAt(object, 'spec.nodeName')[0] ?? null) : null,
  ready: readiness(object),
  'dns-name': dnsName(object, kind.kind),
});

/** Source: Kubernetes DNS-Based Service Discovery, 1.1.0; the names of pods are CoreDNS's `pods insecure`. */
const dnsName = (object: KubeObject, kind: string): string | null => {
  const { name, namespace } = object.metadata;
  if (kind === 'Service') return `${name}.${namespace}.svc.cluster.local`;
  const [address] = kind === 'Pod' ? valuesAt(object, 'status.podIP') : [];
  return address === undefined ? null : `${String(address).replaceAll(/[.:]/g, '-')}.${namespace}.pod.cluster.local`;
};

/** Null for what is never ready or not. */
const readiness = (object: KubeObject): boolean | null => {
  const [condition] = valuesAt(object, 'status.conditions[type=Ready].status');
  if (condition !== undefined) return condition === 'True';
  const [wanted] = [...valuesAt(object, 'status.desiredNumberScheduled'), ...valuesAt(object, 'spec.replicas')];
  if (wanted === undefined) return null;
  const [ready = 0] = [...valuesAt(object, 'status.numberReady'), ...valuesAt(object, 'status.readyReplicas')];
  return Number(wanted) <= Number(ready);
};
