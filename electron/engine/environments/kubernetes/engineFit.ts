import { LabError } from '../../../contract/error.ts';
import type { DockerInfo } from '../../docker/model.ts';

/**
 * Why this engine cannot carry a cluster, whatever else is there; null where it can. A kubelet ends where it has not all of these controllers. An
 * engine of root hands on what its kernel has, whatever it says of it.
 */
export const whyNoCluster = ({ missingControllers, rootless, cgroupVersion }: DockerInfo): LabError | null => {
  if (!rootless || missingControllers.length === 0) return null;
  const missing = missingControllers.join(', ');
  return new LabError('environment-failed', `Containers of this Docker Engine get no control groups for ${missing}.`, {
    hint: hints[cgroupVersion],
    data: { component: 'docker', missing: [...missingControllers] },
  });
};

const hints = {
  1: 'A rootless engine needs control groups v2: start the machine with `systemd.unified_cgroup_hierarchy=1`, or use an engine of root.',
  2: 'Let systemd hand them to you: `Delegate=cpu cpuset io memory pids` for `user@.service`, then log in anew.',
};
