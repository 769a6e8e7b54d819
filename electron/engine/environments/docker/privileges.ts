import { machinePrivileges, type Privilege } from '../machinePrivileges.ts';

/**
 * All that a node with a Docker Engine gets; every other capability is dropped. What it may not do it cannot give to a container, and Docker gives
 * fourteen to each.
 */
export const capabilities: readonly Privilege[] = [
  { capability: 'SYS_ADMIN', because: 'mounts and namespaces of containers; their control groups' },
  { capability: 'NET_ADMIN', because: 'bridges, cables and rules of NAT' },
  { capability: 'NET_RAW', because: 'ping and tcpdump, on the node and in containers' },
  { capability: 'SYS_PTRACE', because: 'entering the namespaces of containers of other users: docker exec' },
  { capability: 'SYS_CHROOT', because: 'containers, and the folder in which layers are unpacked' },
  { capability: 'MKNOD', because: 'devices of containers' },
  { capability: 'SETUID', because: 'processes of other users' },
  { capability: 'SETGID', because: 'the same for groups' },
  { capability: 'SETPCAP', because: 'runc takes capabilities away from containers' },
  { capability: 'SETFCAP', because: 'unpacking layers whose files carry capabilities' },
  { capability: 'CHOWN', because: 'unpacking layers, volumes of containers' },
  { capability: 'DAC_OVERRIDE', because: 'root reads and writes files of others' },
  { capability: 'FOWNER', because: 'changing modes of files of others: unpacking layers' },
  { capability: 'FSETID', because: 'keeping set-id bits while layers are unpacked' },
  { capability: 'KILL', because: 'ending processes of other users: docker stop' },
  { capability: 'NET_BIND_SERVICE', because: 'ports below 1024, published ones too' },
  // It is of no other use: nothing here writes to the kernel's audit log.
  { capability: 'AUDIT_WRITE', because: 'Docker gives it to every container, and runc fails where it cannot' },
];

/**
 * The whole of a node's privileges. It gets no device beyond those of any container: what Docker gives to its containers is no more than that, so the
 * node's engine can give it, and root in the node cannot open a disk of the machine. `docker run --privileged` fails in it for this reason.
 */
export const nodePrivileges = machinePrivileges(capabilities);
