import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testOwner } from '../../../resources/setup/test-session.mjs';
import type { Agent } from '../agent/agent.ts';
import { connectAgent } from '../agent/connect.ts';
import { planCluster } from '../catalog/cluster/plan.ts';
import type { ClusterTopology } from '../catalog/expanded.ts';
import { connectDocker, type DockerConnection } from '../docker/connect.ts';
import { findEndpoint } from '../docker/findEndpoint.ts';
import { prepareImages } from '../docker/images/prepareImages.ts';
import { imageReference } from '../docker/images/table.ts';
import { label } from '../docker/labels.ts';
import type { ClusterEnvironment } from '../environments/kubernetes/clusterEnvironment.ts';
import { ClusterProvider } from '../environments/kubernetes/provider.ts';
import { prepareClusterImages } from '../runs/clusterImages.ts';

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

export const realCluster = async (name: string, seed = 1): Promise<RealCluster> => {
  const owner = testOwner(name);
  const docker = await connectDocker(await findEndpoint());
  await prepareImages(docker, () => undefined);
  await prepareClusterImages(docker, () => undefined, new AbortController().signal);
  const agent = connectAgent({ docker, image: imageReference('host'), owner, version: 'test' });
  // Kept from one test run to the next, so that kubeadm has to run only once; with keys in it.
  const stateDir = join(tmpdir(), `patchbay-test-clusters-${process.getuid?.() ?? 0}`);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const provider = new ClusterProvider({
    docker,
    agent,
    kind: { owner, nodeImage: imageReference('node'), gatewayImage: imageReference('gateway'), version: 'test' },
    stateDir,
    prepareImages: async () => undefined,
  });
  const { plan } = planCluster({ seed, lab: 'test', count: 2 });
  const topology: ClusterTopology = { ...plan, kind: 'kubernetes', cni: 'flannel' };
  const close = async () => {
    for (const { id } of await docker.list({ [label.owner]: owner })) await docker.remove(id);
    agent.close();
    docker.close();
  };
  try {
    const environment = await provider.start({
      run: owner,
      topology,
      signal: new AbortController().signal,
      step: (_, work) => work({ usually: () => undefined, detail: () => undefined }),
      adopt: async () => undefined,
    });
    return {
      docker,
      agent,
      topology,
      environment,
      async type(node, line) {
        const { container } = environment.process(node);
        const output = await docker.execToEnd(container, ['bash', '-lc', line], { deadlineMs: 60_000 });
        if (output.exit !== 0) throw new Error(`"${line}" ended with ${output.exit}: ${output.stderr}${output.stdout}`);
        return output.stdout;
      },
      async close() {
        environment.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
};
