import { stringify } from 'yaml';
import type { ClusterPlan } from '../../../catalog/cluster/plan.ts';

const KUBEADM = 'kubeadm.k8s.io/v1beta4';
const SOCKET = 'unix:///run/containerd/containerd.sock';
/** Ten years: a cluster that was frozen today has to start in a year, too. kubeadm's authority lasts as long. */
const LONG = '87600h0m0s';
/** kubeadm's own is four minutes: too long to watch something that does not come. That of the static pods would change their startup probes. */
const TIMEOUTS = { kubeletHealthCheck: '45s' };
export const PATCHES = '/etc/patchbay/patches';

/** What a cluster is made from beside its plan. */
export interface Recipe {
  /** As `kubeadm version -o short` has it: `v1.34.4`. */
  readonly version: string;
  readonly token: string;
  /** With none of what makes later starts quick: a cluster to compare with. */
  readonly plain: boolean;
}

/**
 * What `kubeadm init --config` reads. Everything that is not named here is kubeadm's default.
 * Source: kubeadm Configuration (v1beta4), kubelet Configuration (v1beta1), kube-proxy Configuration (v1alpha1).
 */
export const initConfiguration = (plan: ClusterPlan, recipe: Recipe): string =>
  documents([
    {
      apiVersion: KUBEADM,
      kind: 'InitConfiguration',
      // It does not run out, or a cluster restored tomorrow could not be joined.
      bootstrapTokens: [{ token: recipe.token, ttl: '0s' }],
      localAPIEndpoint: { advertiseAddress: plan.nodes[0]?.address, bindPort: 6443 },
      nodeRegistration: {
        criSocket: SOCKET,
        // A cluster of one node would have no place for pods otherwise.
        ...(plan.nodes.length === 1 ? { taints: [] } : {}),
      },
      timeouts: TIMEOUTS,
      ...(recipe.plain ? {} : { patches: { directory: PATCHES } }),
    },
    {
      apiVersion: KUBEADM,
      kind: 'ClusterConfiguration',
      kubernetesVersion: recipe.version,
      certificateValidityPeriod: LONG,
      networking: { podSubnet: plan.variant.pods, serviceSubnet: plan.variant.services, dnsDomain: 'cluster.local' },
      controllerManager: {
        extraArgs: [{ name: 'cluster-signing-duration', value: LONG }, ...(recipe.plain ? [] : noElection)],
      },
      ...(recipe.plain
        ? {}
        : {
            scheduler: { extraArgs: noElection },
            etcd: { local: { extraArgs: [{ name: 'unsafe-no-fsync', value: 'true' }] } },
          }),
    },
    {
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      // The laptop's swap, and its disk that may be nearly full, are none of the cluster's business.
      failSwapOn: false,
      evictionHard: Object.fromEntries(
        ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree'].map(
          (signal) => [signal, '0%'],
        ),
      ),
      imageGCHighThresholdPercent: 100,
      cgroupDriver: 'cgroupfs',
      // A node may not change the machine's own kernel: what it cannot set there is no failure.
      featureGates: { KubeletInUserNamespace: true },
    },
    {
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      mode: 'iptables',
      // These are the whole machine's, not a node's.
      conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    },
  ]);

/** What `kubeadm join --config` reads. */
export const joinConfiguration = (plan: ClusterPlan, { token }: Recipe, authorityHash: string): string =>
  documents([
    {
      apiVersion: KUBEADM,
      kind: 'JoinConfiguration',
      discovery: {
        bootstrapToken: {
          token,
          apiServerEndpoint: `${plan.nodes[0]?.address}:6443`,
          caCertHashes: [authorityHash],
        },
      },
      nodeRegistration: { criSocket: SOCKET },
      timeouts: TIMEOUTS,
    },
  ]);

/** File name -> strategic merge patch of a static pod: what waits ten seconds for its first probe elsewhere is seen to be ready after one. */
export const staticPodPatches = (): Record<string, string> =>
  Object.fromEntries(
    ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => [
      `${name}+strategic.yaml`,
      stringify({
        spec: {
          containers: [{ name, startupProbe: { initialDelaySeconds: 1, periodSeconds: 2, failureThreshold: 120 } }],
        },
      }),
    ]),
  );

/** There is one of each: whoever starts leads, and need not wait until the lease of its predecessor has run out. */
const noElection = [{ name: 'leader-elect', value: 'false' }];

const documents = (all: readonly unknown[]): string => all.map((each) => stringify(each)).join('---\n');
