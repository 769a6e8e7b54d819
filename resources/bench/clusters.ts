import { join } from 'node:path';
import type { Agent } from '../../electron/engine/agent/agent.ts';
import { connectAgent } from '../../electron/engine/agent/connect.ts';
import { planCluster } from '../../electron/engine/catalog/cluster/plan.ts';
import type { ClusterTopology } from '../../electron/engine/catalog/expanded.ts';
import { connectDocker, type DockerConnection } from '../../electron/engine/docker/connect.ts';
import { imageReference } from '../../electron/engine/docker/images/table.ts';
import { removeContainers, type Workshop } from '../../electron/engine/environments/kubernetes/assembly.ts';
import { ClusterEnvironment } from '../../electron/engine/environments/kubernetes/clusterEnvironment.ts';
import { GATEWAY } from '../../electron/engine/environments/kubernetes/containers.ts';
import { credentialsIn } from '../../electron/engine/environments/kubernetes/kubeApi/credentials.ts';
import { makeCluster } from '../../electron/engine/environments/kubernetes/kubeadm/makeCluster.ts';
import { ClusterProvider } from '../../electron/engine/environments/kubernetes/provider.ts';
import {
  clockOfNodes,
  dnsAnswers,
  nodesAreReady,
} from '../../electron/engine/environments/kubernetes/start/milestones.ts';
import type { Containers } from '../../electron/engine/environments/provider.ts';
import { unseenStep } from '../../electron/engine/progress/stepList.ts';
import { prepareClusterImages } from '../../electron/engine/runs/clusterImages.ts';
import type { Site } from './site.ts';

/** Milliseconds. */
const PATIENCE = 180_000;

/** Our provider of clusters in this process, and kubeadm beside it on the same images. */
export interface Clusters {
  readonly docker: DockerConnection;
  readonly agent: Agent;
  readonly provider: ClusterProvider;
  readonly topology: ClusterTopology;
  start(run: string): Promise<{ environment: ClusterEnvironment; containers: Containers }>;
  remove(containers: Containers): Promise<void>;
  /** Milliseconds of a plain, sequential kubeadm init, flannel and join until what a start of ours waits for. */
  plain(): Promise<number>;
  close(): void;
}

export const openClusters = async (site: Site): Promise<Clusters> => {
  const docker = await connectDocker({ source: 'socket', name: 'bench', address: site.dockerAddress });
  const never = new AbortController().signal;
  await prepareClusterImages(docker, () => undefined, never);
  const kind = {
    owner: site.owner,
    nodeImage: imageReference('node'),
    gatewayImage: imageReference('gateway'),
    version: 'bench',
  };
  // A helper of its own: the engine's has another version, and each would replace the other's.
  const agent = connectAgent({ docker, image: site.image, owner: `${site.owner}-clusters`, version: 'bench' });
  const stateDir = join(site.engine.stateDir, 'bench');
  const provider = new ClusterProvider({ docker, agent, kind, stateDir, prepareImages: async () => undefined });
  const topology: ClusterTopology = {
    ...planCluster({ seed: 1, lab: 'bench', count: 2 }).plan,
    kind: 'kubernetes',
    cni: 'flannel',
  };
  const workshop: Workshop = { docker, agent, kind, traits: await docker.info() };
  const remove = (containers: Containers) => removeContainers(docker, Object.values(containers));
  return {
    docker,
    agent,
    provider,
    topology,
    remove,
    async start(run) {
      let containers: Containers = {};
      const environment = await provider.start({
        run: `${site.owner}-${run}`,
        topology,
        signal: never,
        step: (_, work) => work(unseenStep),
        async adopt(adopted) {
          containers = adopted;
        },
      });
      return { environment, containers };
    },
    plain: () => plainSeconds(workshop, topology, remove),
    close() {
      agent.close();
      void docker.remove(`patchbay-agent-${site.owner}-clusters`).finally(() => docker.close());
    },
  };
};

const plainSeconds = async (
  workshop: Workshop,
  topology: ClusterTopology,
  remove: (containers: Containers) => Promise<void>,
): Promise<number> => {
  const { docker, agent } = workshop;
  let containers: Containers = {};
  const since = await clockOfNodes(agent);
  const began = performance.now();
  try {
    const made = await makeCluster(workshop, topology, {
      onContainers(now) {
        containers = now;
      },
      detail: () => undefined,
      signal: new AbortController().signal,
      plain: true,
    });
    const processes = await Promise.all(
      Object.entries(made.containers).map(async ([name, container]) => ({
        name,
        container,
        pid: (await docker.inspect(container))?.pid ?? 0,
      })),
    );
    const kubeconfig = await docker.readFile(made.containers.controlplane ?? '', '/etc/kubernetes/admin.conf');
    const credentials = credentialsIn(Buffer.from(kubeconfig ?? '').toString());
    const environment = new ClusterEnvironment(workshop, 'plain', topology, processes, credentials);
    const nodes = processes.filter(({ name }) => name !== GATEWAY);
    await Promise.all([
      nodesAreReady(environment.kube, topology, since, PATIENCE, () => undefined),
      dnsAnswers(agent, nodes, topology.dnsAddress, PATIENCE),
    ]);
    environment.close();
    return performance.now() - began;
  } finally {
    await remove(containers);
  }
};
