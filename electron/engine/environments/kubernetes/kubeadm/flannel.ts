import { stringify } from 'yaml';

export interface FlannelImages {
  readonly daemon: string;
  readonly plugin: string;
}

const NAMESPACE = 'kube-flannel';
const labels = { 'k8s-app': 'flannel' };
const app = { ...labels, app: 'flannel', tier: 'node' };

/** flannel as its project deploys it: the same names of objects and files. `pods` is the cluster's pod range. */
export const flannelManifest = (pods: string, images: FlannelImages): string =>
  [namespace, serviceAccount, clusterRole, binding, configuration(pods), daemonSet(images)]
    .map((object) => stringify(object))
    .join('---\n');

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: NAMESPACE, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'privileged' } },
};

const serviceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'flannel', namespace: NAMESPACE, labels },
};

const clusterRole = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'flannel', labels },
  rules: [
    { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
    { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
  ],
};

const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'flannel', labels },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'flannel' },
  subjects: [{ kind: 'ServiceAccount', name: 'flannel', namespace: NAMESPACE }],
};

const configuration = (pods: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kube-flannel-cfg', namespace: NAMESPACE, labels: app },
  data: {
    'cni-conf.json': json({
      name: 'cbr0',
      cniVersion: '0.3.1',
      plugins: [
        { type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } },
        { type: 'portmap', capabilities: { portMappings: true } },
      ],
    }),
    'net-conf.json': json({ Network: pods, EnableNFTables: false, Backend: { Type: 'vxlan' } }),
  },
});

const daemonSet = ({ daemon, plugin }: FlannelImages) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'kube-flannel-ds', namespace: NAMESPACE, labels: app },
  spec: {
    selector: { matchLabels: { app: 'flannel' } },
    template: {
      metadata: { labels: app },
      spec: {
        hostNetwork: true,
        priorityClassName: 'system-node-critical',
        tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
        serviceAccountName: 'flannel',
        affinity: onLinux,
        initContainers: [
          {
            name: 'install-cni-plugin',
            image: plugin,
            command: ['cp'],
            args: ['-f', '/flannel', '/opt/cni/bin/flannel'],
            volumeMounts: [{ name: 'cni-plugin', mountPath: '/opt/cni/bin' }],
          },
          {
            name: 'install-cni',
            image: daemon,
            command: ['cp'],
            args: ['-f', '/etc/kube-flannel/cni-conf.json', '/etc/cni/net.d/10-flannel.conflist'],
            volumeMounts: [
              { name: 'cni', mountPath: '/etc/cni/net.d' },
              { name: 'flannel-cfg', mountPath: '/etc/kube-flannel/' },
            ],
          },
        ],
        containers: [
          {
            name: 'kube-flannel',
            image: daemon,
            command: ['/opt/bin/flanneld'],
            args: ['--ip-masq', '--kube-subnet-mgr'],
            resources: { requests: { cpu: '100m', memory: '50Mi' } },
            securityContext: { privileged: false, capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
            env: [
              { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
              { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
              { name: 'EVENT_QUEUE_DEPTH', value: '5000' },
            ],
            volumeMounts: [
              { name: 'run', mountPath: '/run/flannel' },
              { name: 'flannel-cfg', mountPath: '/etc/kube-flannel/' },
              { name: 'xtables-lock', mountPath: '/run/xtables.lock' },
            ],
          },
        ],
        volumes: [
          { name: 'run', hostPath: { path: '/run/flannel' } },
          { name: 'cni-plugin', hostPath: { path: '/opt/cni/bin' } },
          { name: 'cni', hostPath: { path: '/etc/cni/net.d' } },
          { name: 'flannel-cfg', configMap: { name: 'kube-flannel-cfg' } },
          { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
        ],
      },
    },
  },
});

const onLinux = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] }],
    },
  },
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
