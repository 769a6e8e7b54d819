import { quote } from '../../../agent/quote.ts';
import type { ClusterPlan } from '../../../catalog/cluster/plan.ts';
import type { NodeShell } from './nodeShell.ts';

const LIMIT = 20_000;

/** `ssh node01` from the control plane, with no password and no question: its key is known to every node, and every node's key to it. */
export const exchangeKeys = async (plan: ClusterPlan, shells: ReadonlyMap<string, NodeShell>): Promise<void> => {
  const [first] = plan.nodes;
  const controlPlane = shells.get(first?.name ?? '');
  if (!first || !controlPlane) return;
  const own = await controlPlane.run('making an ssh key', makeKey(first.name), LIMIT);
  const known = await Promise.all(
    plan.nodes.map(async ({ name, address }) => {
      const shell = shells.get(name) as NodeShell;
      const host = await shell.run('exchanging ssh keys', trust, LIMIT, own);
      return `${name},${address} ${host.trim().split(' ').slice(0, 2).join(' ')}`;
    }),
  );
  await controlPlane.run('exchanging ssh keys', 'cat > /root/.ssh/known_hosts', LIMIT, `${known.join('\n')}\n`);
};

const makeKey = (node: string): string =>
  [
    'mkdir -p -m 700 /root/.ssh',
    `[ -s /root/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -C ${quote([`root@${node}`])} -f /root/.ssh/id_ed25519`,
    'cat /root/.ssh/id_ed25519.pub',
  ].join('\n');

const trust = [
  'mkdir -p -m 700 /root/.ssh',
  'cat > /root/.ssh/authorized_keys',
  'chmod 600 /root/.ssh/authorized_keys',
  'cat /etc/ssh/ssh_host_ed25519_key.pub',
].join('\n');
