import type { Agent } from '../agent/agent.ts';
import type { ClusterTopology } from '../catalog/expanded.ts';
import type { DockerConnection } from '../docker/connect.ts';
import type { ClusterEnvironment } from '../environments/kubernetes/clusterEnvironment.ts';
import { testClusters } from '../environments/kubernetes/testClusters.ts';

/** For tests with Docker: a cluster of `controlplane` and `node01`, made as a run's is, under an owner of its own. */
export interface RealCluster {
  readonly docker: DockerConnection;
  readonly agent: Agent;
  readonly topology: ClusterTopology;
  readonly environment: ClusterEnvironment;
  /** Runs a line inside a node, as a learner would; rejects when it ends with anything but 0. */
  type(node: string, line: string): Promise<string>;
  close(): Promise<void>;
}

export const realCluster = async (name: string): Promise<RealCluster> => {
  const clusters = await testClusters(name, 60_000);
  try {
    const { environment, type } = await clusters.start('probes');
    return {
      docker: clusters.docker,
      agent: clusters.agent,
      topology: environment.topology,
      environment,
      type,
      async close() {
        environment.close();
        await clusters.close();
      },
    };
  } catch (error) {
    await clusters.close();
    throw error;
  }
};
