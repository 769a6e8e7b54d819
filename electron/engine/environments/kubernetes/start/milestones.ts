import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { LabError } from '../../../../contract/error.ts';
import type { Agent } from '../../../agent/agent.ts';
import { quote } from '../../../agent/quote.ts';
import type { ClusterPlan } from '../../../catalog/cluster/plan.ts';
import type { KubeReader } from '../../kubeReader.ts';
import type { NodeProcess } from '../../nodeProcess.ts';
import awaitDnsScript from './awaitDns.pl?raw';
import awaitPortScript from './awaitPort.pl?raw';

export const API_PORT = 6443;
/** Milliseconds between two looks at the nodes. */
const LOOK = 120;
/** The name that every cluster's DNS knows. */
const KNOWN_NAME = 'kubernetes.default.svc.cluster.local';

/** Resolves when the control plane's API server accepts connections. Rejects with `timeout` after `limitMs`. */
export const apiListens = async (agent: Agent, controlPlane: NodeProcess, limitMs: number): Promise<void> => {
  const script = inNetworkOf(controlPlane, awaitPortScript, '127.0.0.1', `${API_PORT}`);
  await patient(agent, script, limitMs, () =>
    late('the API server listens', controlPlane.name, 'kube-apiserver', limitMs),
  );
};

/**
 * Resolves when every node of the plan says that it is ready, in a heartbeat that is younger than `since` (milliseconds of the nodes' clock): what a
 * restored cluster remembers of earlier days does not count.
 */
export const nodesAreReady = async (
  kube: KubeReader,
  plan: ClusterPlan,
  since: number,
  limitMs: number,
  detail: (text: string) => void,
): Promise<void> => {
  const ends = performance.now() + limitMs;
  const awaited = new Set(plan.nodes.map(({ name }) => name));
  for (let last: unknown = null; ; ) {
    try {
      const ready = readyNodes(await kube.get('/api/v1/nodes', { deadlineMs: 3000 }), since);
      for (const name of ready) awaited.delete(name);
      if (awaited.size === 0) return;
      detail(`waiting for ${[...awaited].join(', ')}`);
    } catch (error) {
      last = error;
    }
    if (performance.now() > ends) throw late('it is Ready', [...awaited][0] ?? '', 'kubelet', limitMs, last);
    await delay(LOOK);
  }
};

/** Resolves when the cluster's DNS server has answered a question asked on each of these nodes. */
export const dnsAnswers = async (
  agent: Agent,
  nodes: readonly NodeProcess[],
  server: string,
  limitMs: number,
): Promise<void> => {
  await Promise.all(
    nodes.map((node) =>
      patient(agent, inNetworkOf(node, awaitDnsScript, server, KNOWN_NAME), limitMs, () =>
        late(`the cluster's DNS server ${server} answers`, node.name, 'coredns', limitMs),
      ),
    ),
  );
};

/** Milliseconds since 1970 by the clock of the machine that the nodes run on, to the second. */
export const clockOfNodes = async (agent: Agent): Promise<number> =>
  Number((await agent.run('date +%s')).stdout.trim()) * 1000;

const Nodes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        conditions: z
          .array(z.object({ type: z.string(), status: z.string(), lastHeartbeatTime: z.string().nullish() }))
          .default([]),
      }),
    }),
  ),
});

/** Source: Kubernetes API, NodeCondition. A heartbeat's time is in whole seconds. */
export const readyNodes = (list: unknown, since: number): string[] => {
  const read = Nodes.safeParse(list);
  if (!read.success) return [];
  return read.data.items
    .filter(({ status }) =>
      status.conditions.some(
        ({ type, status, lastHeartbeatTime }) =>
          type === 'Ready' &&
          status === 'True' &&
          Date.parse(lastHeartbeatTime ?? '') >= Math.floor(since / 1000) * 1000,
      ),
    )
    .map(({ metadata }) => metadata.name);
};

const inNetworkOf = ({ pid }: NodeProcess, script: string, ...args: string[]): string =>
  `exec ${quote(['nsenter', '-t', `${pid}`, '-n', 'perl', '-e', script, ...args])}`;

/** A script of the agent that ends by itself when what it waits for has come. */
const patient = async (agent: Agent, script: string, limitMs: number, why: () => LabError): Promise<void> => {
  try {
    const { exit, stderr } = await agent.run(script, { deadlineMs: limitMs });
    if (exit !== 0)
      throw new LabError('agent-failed', `A wait of Patchbay's helper ended with ${exit}: ${stderr.trim()}`);
  } catch (error) {
    if (error instanceof LabError && error.code === 'probe-timeout') throw why();
    throw error;
  }
};

const late = (what: string, node: string, component: string, limitMs: number, cause?: unknown): LabError =>
  new LabError('timeout', `${node}: ${Math.round(limitMs / 1000)} s were not enough until ${what}.`, {
    data: { node, component },
    cause,
  });
