import { testOwner } from '../../../resources/setup/test-session.mjs';
import type { Agent } from '../agent/agent.ts';
import { connectAgent } from '../agent/connect.ts';
import type { ExpandedNode, HostsTopology } from '../catalog/expanded.ts';
import { connectDocker, type DockerConnection } from '../docker/connect.ts';
import { findEndpoint } from '../docker/findEndpoint.ts';
import { prepareImages } from '../docker/images/prepareImages.ts';
import { imageReference } from '../docker/images/table.ts';
import { label } from '../docker/labels.ts';
import { bareNode } from '../environments/hosts/bareNode.ts';
import { Pool } from '../environments/hosts/pool.ts';
import { HostsProvider } from '../environments/hosts/provider.ts';
import type { LiveEnvironment } from '../environments/provider.ts';
import { unseenStep } from '../progress/stepList.ts';

/** For tests with Docker: nodes `a` and `b` on a switch `sw`, or others, made as a run's are, under an owner of their own. */
export interface RealNodes {
  readonly docker: DockerConnection;
  /** Label of everything that was made. */
  readonly owner: string;
  readonly agent: Agent;
  readonly environment: LiveEnvironment;
  /** Docker's ids of the nodes' containers. */
  readonly containers: Readonly<Record<string, string>>;
  /** Docker's name of the helper's container. */
  readonly agentContainer: string;
  /** Runs a line inside a node, as a learner would. */
  type(node: string, line: string): Promise<string>;
  /** Runs a line in the helper's container. */
  inAgent(line: string): Promise<string>;
  close(): Promise<void>;
}

const host = (name: string, last: string, address: string): ExpandedNode => ({
  ...bareNode,
  name,
  kind: 'host',
  forwarding: false,
  hosts: [],
  routes: [{ to: 'default', via: '10.7.1.1', dev: null, metric: null }],
  interfaces: [{ name: 'eth0', mac: `02:11:22:33:44:${last}`, addresses: [address], mtu: 1400, state: 'up' }],
});

const port = (name: string, last: string) => ({
  name,
  mac: `02:11:22:33:44:${last}`,
  addresses: [],
  mtu: null,
  state: 'up' as const,
});

const twoHosts: HostsTopology = {
  kind: 'hosts',
  nodes: [
    host('a', '0a', '10.7.1.10/24'),
    host('b', '0b', '10.7.1.11/24'),
    {
      ...bareNode,
      name: 'sw',
      kind: 'switch',
      forwarding: false,
      hosts: [],
      routes: [],
      interfaces: [port('port1', 'f1'), port('port2', 'f2')],
    },
  ],
  links: [
    { a: { node: 'a', interface: 'eth0' }, b: { node: 'sw', interface: 'port1' } },
    { a: { node: 'b', interface: 'eth0' }, b: { node: 'sw', interface: 'port2' } },
  ],
};

export const realNodes = async (name: string, topology: HostsTopology = twoHosts): Promise<RealNodes> => {
  const owner = testOwner(name);
  const docker = await connectDocker(await findEndpoint());
  await prepareImages(docker, () => undefined);
  const kind = { owner, image: imageReference('host'), version: 'test', profile: 'host' as const };
  const agent = connectAgent({ docker, ...kind });
  const pool = new Pool(docker, agent, kind, () => undefined);
  const putAway = async () => {
    await pool.drain();
    agent.close();
    for (const container of await docker.list({ [label.owner]: owner })) await docker.remove(container.id);
    docker.close();
  };
  let containers: Readonly<Record<string, string>> = {};
  const starting = new HostsProvider(docker, agent, pool).start({
    run: owner,
    topology,
    signal: new AbortController().signal,
    step: (_, work) => work(unseenStep),
    adopt: async (adopted) => {
      containers = adopted;
    },
  });
  const environment = await starting.catch(async (error) => {
    await putAway();
    throw error;
  });
  const agentContainer = `patchbay-agent-${owner}`;
  const sh = async (container: string, line: string): Promise<string> => {
    const output = await docker.execToEnd(container, ['sh', '-c', line], { deadlineMs: 10_000 });
    if (output.exit !== 0) throw new Error(`"${line}" ended with ${output.exit}: ${output.stderr}${output.stdout}`);
    return output.stdout;
  };
  return {
    docker,
    owner,
    agent,
    environment,
    containers,
    agentContainer,
    type: (node, line) => sh(containers[node] ?? '', line),
    inAgent: (line) => sh(agentContainer, line),
    async close() {
      environment.close();
      await putAway();
    },
  };
};
