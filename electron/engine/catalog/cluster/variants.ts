/**
 * Where a cluster's addresses come from. All three ranges are baked into certificates, etcd and manifests by kubeadm, so they cannot be drawn
 * freely for each run: a cluster is made once for each of these and restored from then on.
 */
export interface ClusterVariant {
  readonly name: string;
  /** The nodes' eth0 and the gateway, which has the first address. */
  readonly nodes: string;
  /** Place of the control plane's address in the node subnet; the other nodes follow. */
  readonly firstNode: number;
  /** A /24 of it for each node. */
  readonly pods: string;
  readonly services: string;
}

/**
 * None of these networks ever exists on the learner's machine: nodes have no Docker network. They are chosen for what a learner may believe or
 * reach all the same:
 * - none is a default that one knows by heart (10.244.0.0/16, 10.96.0.0/12, 192.168.0.0/16 of Calico, 10.42 and 10.43 of k3s, 10.32.0.0/12 of Weave), or a
 *   question about it would be answered from memory;
 * - none lies in Docker's address pools (172.17.0.0/16 to 172.31.0.0/16, 192.168.0.0/16), in CGNAT (100.64.0.0/10, which Tailscale uses), in 10.8.0.0/16
 *   (OpenVPN), 10.0.0.0/16 or 10.1.0.0/16 (home and office networks), so that nobody takes them for his own;
 * - the prefix lengths differ, for reading them is a skill that the labs ask for.
 */
export const variants: readonly [ClusterVariant, ...ClusterVariant[]] = [
  // Wide service range, as kubeadm's default is, but at another place.
  { name: 'amber', nodes: '10.153.20.0/24', firstNode: 11, pods: '10.168.0.0/16', services: '10.208.0.0/12' },
  // Small node subnet, so that its mask is no /24; pods and services at the high end.
  { name: 'birch', nodes: '10.77.6.64/26', firstNode: 6, pods: '10.185.0.0/16', services: '10.141.0.0/16' },
  // Node subnet wider than /24; the pods' range too.
  { name: 'cedar', nodes: '10.119.48.0/20', firstNode: 258, pods: '10.222.0.0/15', services: '10.66.128.0/17' },
  // Service range just above the pods': easy to mix up.
  { name: 'delta', nodes: '10.61.35.128/25', firstNode: 22, pods: '10.130.0.0/16', services: '10.131.0.0/18' },
];
