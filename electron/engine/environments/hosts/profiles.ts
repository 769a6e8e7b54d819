import type { NodeProfile } from '../../catalog/schema.ts';
import type { Privilege } from '../machinePrivileges.ts';

/** Enough to change one's own network, and to run ordinary servers; nothing else. */
const host: readonly Privilege[] = [
  { capability: 'NET_ADMIN', because: 'addresses, routes, links, packet filters' },
  { capability: 'NET_RAW', because: 'ping, arping, tcpdump' },
  { capability: 'CHOWN', because: 'files of servers that run as another user' },
  { capability: 'DAC_OVERRIDE', because: 'root reads and writes files of others' },
  { capability: 'FOWNER', because: 'changing modes of files of others' },
  { capability: 'FSETID', because: 'keeping set-id bits while files are written' },
  { capability: 'KILL', because: 'ending processes of other users' },
  { capability: 'SETGID', because: 'servers that give up root: their group' },
  { capability: 'SETUID', because: 'servers that give up root: their user' },
  { capability: 'SETPCAP', because: 'servers that give up capabilities' },
  { capability: 'SYS_CHROOT', because: 'servers that lock themselves into a folder' },
  { capability: 'NET_BIND_SERVICE', because: 'ports below 1024' },
  { capability: 'AUDIT_WRITE', because: 'programs that log in through PAM' },
];

/** What a node may do, by its profile. All other capabilities are dropped. */
export const profiles: Readonly<Record<NodeProfile, readonly Privilege[]>> = {
  host,
  netns: [
    ...host,
    {
      capability: 'SYS_ADMIN',
      because: 'network namespaces: making and entering them, and the mounts under /run/netns that give them names',
    },
  ],
};
