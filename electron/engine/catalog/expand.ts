import { clusterBindings } from './cluster/bindings.ts';
import { planCluster } from './cluster/plan.ts';
import type { ClusterTopology, Endpoint, ExpandedLab, LinkedTopology } from './expanded.ts';
import { expandHosts } from './expandHosts.ts';
import { expandQuestion } from './expandQuestion.ts';
import { fillDeep } from './fillDeep.ts';
import { kernelNeeds } from './kernelNeeds.ts';
import type { Lab } from './lab.ts';
import type { DockerEnvironment, HostsEnvironment, KubernetesEnvironment } from './schema.ts';
import { type Bindings, fill } from './template.ts';
import { drawVars } from './vars.ts';

/**
 * The lab with every template replaced. `seed` is a uint32; `recorded` are the `actual` values of an earlier expansion:
 * what stands there is taken as it is, only what does not is drawn from the seed. A lab that loaded does not throw here.
 */
export const expandLab = (lab: Lab, seed: number, recorded: Readonly<Record<string, string>> = {}): ExpandedLab => {
  const { bindings, actual } = drawVars(lab.vars, seed, lab.id, recorded);
  if (lab.environment.kind === 'kubernetes') {
    const cluster = expandCluster(lab.environment, { seed, lab: lab.id, recorded });
    const all = new Map([...bindings, ...clusterBindings(cluster.topology)]);
    return { ...withValues(lab, all), actual: { ...actual, ...cluster.actual }, environment: cluster.topology };
  }
  const hosts = expandHosts(filled(lab.environment, bindings), { seed, lab: lab.id, actual, recorded });
  return {
    ...withValues(lab, bindings),
    actual: { ...actual, ...hosts.macs },
    environment: { ...hosts.environment, links: withSeeded(hosts.environment.links, lab.environment) },
  };
};

/** Marks what the file names by a template. */
const withSeeded = (
  links: LinkedTopology['links'],
  { links: written }: HostsEnvironment | DockerEnvironment,
): LinkedTopology['links'] => {
  const marked = (endpoint: Endpoint, text: string | undefined): Endpoint =>
    text?.includes('${') ? { ...endpoint, seeded: true } : endpoint;
  return links.map(({ a, b }, index) => {
    const endpoints = written[index]?.endpoints;
    return { a: marked(a, endpoints?.[0]), b: marked(b, endpoints?.[1]) };
  });
};

const expandCluster = (
  { nodes, cni }: KubernetesEnvironment,
  { seed, lab, recorded }: { seed: number; lab: string; recorded: Readonly<Record<string, string>> },
): { topology: ClusterTopology; actual: Record<string, string> } => {
  const { plan, actual } = planCluster({ seed, lab, count: nodes.length }, recorded);
  return { topology: { kind: 'kubernetes', cni, ...plan }, actual };
};

const withValues = (lab: Lab, bindings: Bindings): Omit<ExpandedLab, 'actual' | 'environment'> => ({
  id: lab.id,
  hash: lab.hash,
  title: lab.title,
  summary: lab.summary,
  minutes: lab.minutes,
  kernel: kernelNeeds(lab),
  questions: lab.questions.map((question) => expandQuestion(filled(question, bindings))),
});

const filled = <T>(part: T, bindings: Bindings): T => fillDeep(part, (text) => fill(text, bindings));
