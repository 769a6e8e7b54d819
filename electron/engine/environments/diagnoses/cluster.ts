import { type Diagnosis, ok, skipped, warning } from '../../docker/diagnoses/diagnosis.ts';
import { kernelLacks, missingOf } from '../../docker/diagnoses/kernel.ts';
import { missingClusterImages } from '../../runs/clusterImages.ts';
import { BUILD_NEEDS, roomOutside, shortOf, shortOfRoom } from '../room.ts';

const features = {
  vxlan: 'ip link add pb3 type vxlan id 1 dstport 4789',
  br_netfilter: '[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]',
};

/** Only labs with a cluster need it, so that what is missing is no more than a warning. */
const clusterKernel: Diagnosis = {
  id: 'cluster-kernel',
  title: 'Kernel for Kubernetes labs',
  needsDocker: true,
  check: async ({ docker }) => {
    const missing = docker && (await missingOf(docker, features));
    if (!missing) return skipped('the image that asks is not there yet');
    if (missing.length === 0) return ok(Object.keys(features).join(', '));
    return { ...kernelLacks(missing), state: 'warning' };
  },
};

const clusterRoom: Diagnosis = {
  id: 'cluster-room',
  title: 'Room for Kubernetes labs',
  needsDocker: true,
  check: async ({ docker }) => {
    if (!docker) return skipped('no engine answers');
    const room = await roomOutside(docker);
    const building = (await missingClusterImages(docker)).length > 0;
    const short =
      shortOfRoom({ kind: 'kubernetes', nodes: 2 }, room) ??
      (building ? shortOf('Building Kubernetes', BUILD_NEEDS, room) : null);
    return short ? warning(short.message, short.hint) : ok('enough memory and disk for a cluster of 2 nodes');
  },
};

const clusterImages: Diagnosis = {
  id: 'cluster-images',
  title: 'Kubernetes',
  needsDocker: true,
  check: async ({ docker }) => {
    if (!docker) return skipped('no engine answers');
    const missing = await missingClusterImages(docker);
    return missing.length === 0
      ? ok('built')
      : warning(`not built yet: ${missing.join(', ')}`, '`patchbay prepare --kubernetes` builds it, once');
  },
};

/** What `patchbay doctor` says of clusters. */
export const clusterDiagnoses: readonly Diagnosis[] = [clusterKernel, clusterImages, clusterRoom];
