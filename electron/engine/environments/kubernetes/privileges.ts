import type { DockerInfo } from '../../docker/model.ts';
import { machinePrivileges, type Privilege } from '../machinePrivileges.ts';

/**
 * All that a node gets; every other capability is dropped. systemd, containerd and the kubelet run in it as on a machine of their own, and what they
 * may not do they cannot give to a pod.
 */
export const capabilities: readonly Privilege[] = [
  { capability: 'SYS_ADMIN', because: 'mounts of pods and their namespaces; systemd’s own control groups' },
  { capability: 'NET_ADMIN', because: 'cni0, flannel.1, routes, and the rules of kube-proxy' },
  { capability: 'NET_RAW', because: 'ping and tcpdump, on nodes and in pods' },
  {
    capability: 'SYS_PTRACE',
    because: 'entering the namespaces of containers of other users: kubectl exec, port-forward',
  },
  { capability: 'SYS_CHROOT', because: 'sshd’s unprivileged half, runc' },
  { capability: 'MKNOD', because: '/dev/kmsg for the kubelet, devices of containers' },
  { capability: 'SYSLOG', because: 'the kubelet reads /dev/kmsg, and does not start without it' },
  { capability: 'SETUID', because: 'processes of other users: sshd, dbus, pods with a user' },
  { capability: 'SETGID', because: 'the same for groups' },
  { capability: 'SETPCAP', because: 'runc takes capabilities away from containers' },
  { capability: 'SETFCAP', because: 'unpacking images whose files carry capabilities' },
  { capability: 'CHOWN', because: 'unpacking images, volumes of pods' },
  { capability: 'DAC_OVERRIDE', because: 'root reads and writes files of others' },
  { capability: 'FOWNER', because: 'changing modes of files of others: unpacking images' },
  { capability: 'FSETID', because: 'keeping set-id bits while unpacking images' },
  { capability: 'KILL', because: 'ending processes of other users: the kubelet ends pods' },
  { capability: 'NET_BIND_SERVICE', because: 'ports below 1024: sshd, CoreDNS, web servers' },
  // It is of no other use: PAM and sshd do without the kernel's audit log.
  { capability: 'AUDIT_WRITE', because: 'containerd gives it to every container, and runc fails where it cannot' },
];

/** What decides about a node's privileges. The version of control groups does not: the same ones are right on both. */
export type EngineTraits = Pick<DockerInfo, 'rootless'>;

/**
 * The whole of a node's privileges.
 *
 * On cgroup v1 containerd writes a wide rule into the control groups of privileged pods (kube-proxy is one), which the kernel refuses unless the node
 * has it itself. With it, root in a node could make the node of a disk of the machine and open it, as with kind; docs/kubernetes.md says so. On
 * cgroup v2 rules are programs, and a rootless engine cannot load any: it goes by the devices that the user may open. Nor can a node make one there,
 * so that the kernel's log is handed in.
 */
export const nodePrivileges = ({ rootless }: EngineTraits) => ({
  ...machinePrivileges(capabilities),
  deviceRules: rootless ? [] : ['a *:* rwm'],
  devices: rootless ? ['/dev/kmsg'] : [],
});
