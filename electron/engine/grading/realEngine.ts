import { testOwner } from '../../../resources/setup/test-session.mjs';
import type { Agent } from '../agent/agent.ts';
import { connectAgent } from '../agent/connect.ts';
import type { DockerTopology, ExpandedNode } from '../catalog/expanded.ts';
import { connectDocker, type DockerConnection } from '../docker/connect.ts';
import { findEndpoint } from '../docker/findEndpoint.ts';
import { prepareImages } from '../docker/images/prepareImages.ts';
import { imageReference } from '../docker/images/table.ts';
import { label } from '../docker/labels.ts';
import { DockerProvider } from '../environments/docker/provider.ts';
import { bareNode } from '../environments/hosts/bareNode.ts';
import type { HostsEnvironment } from '../environments/hosts/hostsEnvironment.ts';
import { Pool } from '../environments/hosts/pool.ts';
import { HostsProvider } from '../environments/hosts/provider.ts';
import type { Containers } from '../environments/provider.ts';
import { unseenStep } from '../progress/stepList.ts';
import { prepareDockerImages } from '../runs/dockerImages.ts';

/** For tests with Docker: `dock` with an engine of its own, linked to the host `guest`, made as a run's are, under an owner of their own. */
export interface RealEngine {
  readonly docker: DockerConnection;
  readonly agent: Agent;
  readonly provider: DockerProvider;
  readonly environment: HostsEnvironment;
  readonly topology: DockerTopology;
  readonly containers: Containers;
  /** The run's id. */
  readonly run: string;
  readonly owner: string;
  /** Docker's name of the helper's container. */
  readonly agentContainer: string;
  /** Seconds that each step of the start took. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Runs a line on a node, as a learner would; rejects when it ends with anything but 0. */
  type(node: string, line: string): Promise<string>;
  close(): Promise<void>;
}

const host = (name: string, last: string, address: string): ExpandedNode => ({
  ...bareNode,
  name,
  kind: 'host',
  forwarding: false,
  hosts: [],
  routes: [],
  interfaces: [{ name: 'eth0', mac: `02:11:22:33:55:${last}`, addresses: [address], mtu: null, state: 'up' }],
});

export const engineTopology: DockerTopology = {
  kind: 'docker',
  nodes: [{ ...host('dock', '0a', '10.7.3.10/24'), engine: true }, host('guest', '0b', '10.7.3.20/24')],
  links: [{ a: { node: 'dock', interface: 'eth0' }, b: { node: 'guest', interface: 'eth0' } }],
};

export const realEngine = async (name: string): Promise<RealEngine> => {
  const owner = testOwner(name);
  const docker = await connectDocker(await findEndpoint());
  await prepareImages(docker, () => undefined);
  await prepareDockerImages(docker, () => undefined, new AbortController().signal);
  const host = { owner, image: imageReference('host'), version: 'test', profile: 'host' as const };
  const agent = connectAgent({ docker, ...host });
  const pool = new Pool(docker, agent, host, () => undefined);
  const provider = new DockerProvider({
    docker,
    agent,
    kind: { owner, image: imageReference('docker-node'), version: 'test' },
    pool,
    hosts: new HostsProvider(docker, agent, pool),
    prepareImages: async () => undefined,
  });
  const putAway = async () => {
    agent.close();
    for (const { id } of await docker.list({ [label.owner]: owner })) await docker.remove(id);
    docker.close();
  };
  const run = `${owner}-run`;
  const seconds: Record<string, number> = {};
  let containers: Containers = {};
  const starting = provider.start({
    run,
    topology: engineTopology,
    signal: new AbortController().signal,
    async step(id, work) {
      const began = performance.now();
      const result = await work(unseenStep);
      seconds[id] = Math.round(performance.now() - began) / 1000;
      return result;
    },
    adopt: async (adopted) => {
      containers = adopted;
    },
  });
  const environment = await starting.catch(async (error) => {
    await putAway();
    throw error;
  });
  return {
    docker,
    agent,
    provider,
    environment,
    topology: engineTopology,
    containers,
    run,
    owner,
    agentContainer: `patchbay-agent-${owner}`,
    seconds,
    async type(node, line) {
      const output = await docker.execToEnd(containers[node] ?? '', ['bash', '-c', line], { deadlineMs: 30_000 });
      if (output.exit !== 0) throw new Error(`"${line}" ended with ${output.exit}: ${output.stderr}${output.stdout}`);
      return output.stdout;
    },
    async close() {
      environment.close();
      await putAway();
    },
  };
};
