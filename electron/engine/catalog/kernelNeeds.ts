import type { Lab } from './lab.ts';

/** What every environment of a kind needs, whatever the lab says. */
export const kernelNeedsOf: Readonly<Record<Lab['environment']['kind'], readonly string[]>> = {
  hosts: [],
  docker: ['veth', 'bridge'],
  kubernetes: ['veth', 'bridge', 'vxlan', 'br_netfilter'],
};

/** Names of kernel features, each once. */
export const kernelNeeds = ({ environment, requires }: Pick<Lab, 'environment' | 'requires'>): string[] => [
  ...new Set([...kernelNeedsOf[environment.kind], ...requires.kernel]),
];
