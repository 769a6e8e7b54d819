import type { ClusterPlan } from '../../../catalog/cluster/plan.ts';
import { containerOf, type Workshop } from '../assembly.ts';
import { binaryOutput } from '../binaryOutput.ts';
import type { MadeCluster } from '../kubeadm/makeCluster.ts';
import type { NodeShell } from '../kubeadm/nodeShell.ts';
import { overlayIn } from '../overlay.ts';
import type { FrozenCluster } from './store.ts';

/** Milliseconds. */
const LIMITS = { read: 10_000, stop: 60_000, pack: 60_000 };

/** What a node is, as paths from the root. What it has beside comes into being again: pods, mounts, addresses of pods, its machine's id. */
const everyNode = [
  'etc/kubernetes',
  'etc/cni/net.d',
  'var/lib/kubelet/config.yaml',
  'var/lib/kubelet/instance-config.yaml',
  'var/lib/kubelet/kubeadm-flags.env',
  'var/lib/kubelet/pki',
  'root/.ssh',
  'etc/ssh/ssh_host_ed25519_key',
  'etc/ssh/ssh_host_ed25519_key.pub',
  'etc/patchbay/iptables.rules',
  'etc/patchbay/run',
];
const controlPlaneOnly = ['var/lib/etcd', 'root/.kube/config'];

/** Takes a finished cluster's state out of its nodes. They are of no use afterwards: everything in them has been stopped. */
export const freeze = async (workshop: Workshop, plan: ClusterPlan, made: MadeCluster): Promise<FrozenCluster> => {
  const first = shellOf(made, plan.nodes[0]?.name);
  const kubeconfig = await first.run('reading the kubeconfig', 'cat /etc/kubernetes/admin.conf', LIMITS.read);
  const overlay = overlayIn(
    await first.run('reading the network of the pods', 'kubectl get nodes -o json', LIMITS.read),
  );
  await Promise.all(plan.nodes.map(({ name }) => shellOf(made, name).run('stopping the node', stop, LIMITS.stop)));
  const nodes = await Promise.all(
    plan.nodes.map(async ({ name, role }) => {
      const paths = [...everyNode, ...(role === 'control-plane' ? controlPlaneOnly : [])];
      const tar = await binaryOutput(
        workshop.docker,
        containerOf(made.containers, name),
        // Only what there is: a version of the kubelet may leave out one of its files.
        [
          'bash',
          '-c',
          `cd /; existing=(); for path in ${paths.join(' ')}; do [ -e $path ] && existing+=($path); done; exec tar -Sczf - "\${existing[@]}"`,
        ],
        LIMITS.pack,
      );
      return [name, tar] as const;
    }),
  );
  return { kubeconfig, overlay, nodes: new Map(nodes) };
};

const shellOf = (made: MadeCluster, name: string | undefined): NodeShell => {
  const shell = made.shells.get(name ?? '');
  if (!shell) throw new Error(`The cluster has no node ${name}.`);
  return shell;
};

/**
 * The rules of kube-proxy as they stand, flannel's word about the pods' network, and then everything to its orderly end, so that etcd's files are
 * whole. nfacct lines are of counters that a new network namespace does not have.
 */
const stop = [
  'mkdir -p /etc/patchbay/run/flannel',
  'iptables-save | grep -v nfacct > /etc/patchbay/iptables.rules',
  'cp /run/flannel/subnet.env /etc/patchbay/run/flannel/',
  'systemctl stop kubelet',
  'tasks() { ctr -n k8s.io tasks ls -q; }',
  'end() { local task; for task in $(tasks); do ctr -n k8s.io tasks kill -s "$1" "$task" 2> /dev/null || true; done; }',
  'running() { ctr -n k8s.io tasks ls | grep -c RUNNING; }',
  'end SIGTERM',
  'for try in {1..100}; do [ "$(running)" != 0 ] || break; sleep 0.1; done',
  'end SIGKILL',
  'sleep 0.3',
  'systemctl stop containerd',
].join('\n');
