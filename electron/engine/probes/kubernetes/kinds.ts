/** Where the API has the objects of a kind. */
export interface Kind {
  readonly kind: string;
  readonly plural: string;
  /** `/api/v1` or `/apis/GROUP/VERSION`. */
  readonly api: string;
  readonly namespaced: boolean;
}

/** API, kinds that live in a namespace, kinds that do not; each with kubectl's short names. */
const table: readonly (readonly [api: string, namespaced: string, clusterWide: string])[] = [
  [
    '/api/v1',
    'Pod,po Service,svc Endpoints,ep,/endpoints ConfigMap,cm Secret ServiceAccount,sa Event,ev PersistentVolumeClaim,pvc ReplicationController,rc ResourceQuota,quota LimitRange,limits',
    'Node,no Namespace,ns PersistentVolume,pv',
  ],
  ['/apis/apps/v1', 'Deployment,deploy DaemonSet,ds ReplicaSet,rs StatefulSet,sts', ''],
  ['/apis/batch/v1', 'Job CronJob,cj', ''],
  [
    '/apis/networking.k8s.io/v1',
    'Ingress,ing,/ingresses NetworkPolicy,netpol,/networkpolicies',
    'IngressClass,/ingressclasses IPAddress,ip,/ipaddresses ServiceCIDR',
  ],
  ['/apis/discovery.k8s.io/v1', 'EndpointSlice', ''],
  ['/apis/coordination.k8s.io/v1', 'Lease', ''],
  ['/apis/rbac.authorization.k8s.io/v1', 'Role RoleBinding', 'ClusterRole ClusterRoleBinding'],
  ['/apis/storage.k8s.io/v1', '', 'StorageClass,sc,/storageclasses'],
  ['/apis/apiextensions.k8s.io/v1', '', 'CustomResourceDefinition,crd'],
];

const known = new Map<string, Kind>();
for (const [api, namespaced, clusterWide] of table)
  for (const [list, inNamespace] of [
    [namespaced, true],
    [clusterWide, false],
  ] as const)
    for (const entry of list.split(' ').filter(Boolean)) {
      const [kind = '', ...others] = entry.split(',');
      const plural = others.find((it) => it.startsWith('/'))?.slice(1) ?? `${kind.toLowerCase()}s`;
      const found: Kind = { kind, plural, api, namespaced: inNamespace };
      for (const name of [kind, plural, ...others.filter((it) => !it.startsWith('/'))])
        known.set(name.toLowerCase(), found);
    }

/** By its name, its plural or kubectl's short name, in any case: `Pod`, `pods`, `po`. */
export const kindNamed = (written: string): Kind | null => known.get(written.toLowerCase()) ?? null;

/** Their names, as they are written in manifests. */
export const kindNames: readonly string[] = [...new Set([...known.values()].map(({ kind }) => kind))];
