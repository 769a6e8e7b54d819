import { quote } from '../../agent/quote.ts';
import type { ClusterNode, ClusterPlan } from '../../catalog/cluster/plan.ts';
import type { ArchivedFile } from './archive.ts';
import { settingFiles } from './kernelSettings.ts';
import { prefixOf } from './wiring.ts';

const REGISTRY_PORT = 5000;

/** What tells a node who it is, before it starts. The entrypoint of its image reads it. */
export const nodeFiles = (plan: ClusterPlan, node: ClusterNode): ArchivedFile[] => [
  { path: 'etc/patchbay/node.env', content: environmentFile(plan, node) },
  ...settingFiles,
];

const environmentFile = (plan: ClusterPlan, node: ClusterNode): string => {
  const values = {
    ADDRESS: `${node.address}/${prefixOf(plan)}`,
    GATEWAY: plan.gateway.address,
    RESOLVER: plan.gateway.address,
    REGISTRY: `${plan.gateway.address}:${REGISTRY_PORT}`,
    SERVICE_RANGE: plan.variant.services,
    HOSTS: plan.nodes.map(({ address, name }) => `${address} ${name}`).join('\n'),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quote([value])}\n`)
    .join('');
};
