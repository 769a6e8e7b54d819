import type { ContainerSpec } from '../docker/model.ts';

/** A thing that a node may do, and what would not work without it. */
export interface Privilege {
  readonly capability: string;
  readonly because: string;
}

type Privileges = Required<
  Pick<
    ContainerSpec,
    'capAdd' | 'capDrop' | 'seccomp' | 'apparmor' | 'maskedPaths' | 'readonlyPaths' | 'cgroupNamespace' | 'tmpfs'
  >
>;

/**
 * For a node that runs containers of its own, as a machine would. It is not `privileged`: hosts without CAP_SYS_RESOURCE cannot give that, and no lab
 * needs it.
 */
export const machinePrivileges = (capabilities: readonly Privilege[]): Privileges => ({
  capAdd: capabilities.map(({ capability }) => capability),
  capDrop: ['ALL'],
  // Mounts, keyrings and namespaces of containers in the node.
  seccomp: 'unconfined',
  apparmor: 'unconfined',
  // Docker hides and freezes parts of /proc and /sys that kubelet, kube-proxy and dockerd set and containers mount anew.
  maskedPaths: [],
  readonlyPaths: [],
  // systemd and dockerd take the top of what they see for their own.
  cgroupNamespace: 'private',
  // Both are expected to be empty at each start; programs are run from both.
  tmpfs: { '/tmp': 'exec', '/run': 'exec' },
});
