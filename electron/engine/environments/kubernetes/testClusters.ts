import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../../../../resources/setup/paths.mjs';
import { testOwner } from '../../../../resources/setup/test-session.mjs';
import type { Agent } from '../../agent/agent.ts';
import { connectAgent } from '../../agent/connect.ts';
import { planCluster } from '../../catalog/cluster/plan.ts';
import type { ClusterTopology } from '../../catalog/expanded.ts';
import { connectDocker, type DockerConnection } from '../../docker/connect.ts';
import { findEndpoint } from '../../docker/findEndpoint.ts';
import { prepareImages } from '../../docker/images/prepareImages.ts';
import { imageReference } from '../../docker/images/table.ts';
import { label } from '../../docker/labels.ts';
import { unseenStep } from '../../progress/stepList.ts';
import { prepareClusterImages } from '../../runs/clusterImages.ts';
import type { Containers } from '../provider.ts';
import type { ClusterEnvironment } from './clusterEnvironment.ts';
import { ClusterProvider } from './provider.ts';

/** For tests with Docker: clusters made as runs make them, under an owner of their own. */
export interface TestClusters {
  readonly docker: DockerConnection;
  readonly agent: Agent;
  readonly provider: ClusterProvider;
  readonly owner: string;
  start(run: string, seed?: number, count?: number): Promise<TestCluster>;
  close(): Promise<void>;
}

export interface TestCluster {
  readonly environment: ClusterEnvironment;
  readonly containers: Containers;
  /** Seconds that each step took. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Runs a line on a node, as a learner would; rejects when it ends with anything but 0. */
  type(node: string, line: string): Promise<string>;
}

export const clusterTopology = (seed: number, count = 2): ClusterTopology => ({
  ...planCluster({ seed, lab: 'test', count }).plan,
  kind: 'kubernetes',
  cni: 'flannel',
});

/** `lineMs`: milliseconds that a line typed on a node may take. */
export const testClusters = async (name: string, lineMs = 90_000): Promise<TestClusters> => {
  const owner = testOwner(name);
  const docker = await connectDocker(await findEndpoint());
  await prepareImages(docker, () => undefined);
  await prepareClusterImages(docker, () => undefined, new AbortController().signal);
  const agent = connectAgent({ docker, image: imageReference('host'), owner, version: 'test' });
  // Frozen clusters stay from one run of the tests to the next; they hold keys.
  const stateDir = join(cacheDir(), 'test-clusters');
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const provider = new ClusterProvider({
    docker,
    agent,
    kind: { owner, nodeImage: imageReference('node'), gatewayImage: imageReference('gateway'), version: 'test' },
    stateDir,
    prepareImages: async () => undefined,
  });
  return {
    docker,
    agent,
    provider,
    owner,
    start: (run, seed = 1, count = 2) =>
      started(docker, provider, `${owner}-${run}`, clusterTopology(seed, count), lineMs),
    async close() {
      agent.close();
      for (const { id } of await docker.list({ [label.owner]: owner })) await docker.remove(id);
      docker.close();
    },
  };
};

const started = async (
  docker: DockerConnection,
  provider: ClusterProvider,
  run: string,
  topology: ClusterTopology,
  lineMs: number,
): Promise<TestCluster> => {
  const seconds: Record<string, number> = {};
  let containers: Containers = {};
  const environment = await provider.start({
    run,
    topology,
    signal: new AbortController().signal,
    async step(id, work) {
      const began = performance.now();
      const result = await work(unseenStep);
      seconds[id] = Math.round(performance.now() - began) / 1000;
      return result;
    },
    async adopt(adopted) {
      containers = adopted;
    },
  });
  return {
    environment,
    containers,
    seconds,
    async type(node, line) {
      const output = await docker.execToEnd(containers[node] ?? '', ['bash', '-lc', line], {
        deadlineMs: lineMs,
      });
      if (output.exit !== 0) throw new Error(`"${line}" ended with ${output.exit}: ${output.stderr}${output.stdout}`);
      return output.stdout;
    },
  };
};
