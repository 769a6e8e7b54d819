import { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';
import type { Docker } from '../../docker/docker.ts';

const MIB = 1024 ** 2;
/** MiB that a cluster needs to start and to be worked with. Measured: 480 for the control plane, 110 for every other node; pods come on top. */
const CONTROL_PLANE = 900;
const WORKER = 300;
/** MiB on Docker's disk: what a node writes in an hour, and pulled images. */
const DISK = 1500;

export interface Resources {
  /** Bytes. */
  readonly memoryAvailable: number;
  readonly memoryTotal: number;
  readonly diskFree: number;
}

export const memoryNeeded = (nodes: number): number => (CONTROL_PLANE + (nodes - 1) * WORKER) * MIB;

/** Why a cluster of so many nodes cannot be started now, with the numbers; null when it can. */
export const lackIn = ({ memoryAvailable, memoryTotal, diskFree }: Resources, nodes: number): LabError | null => {
  const needed = memoryNeeded(nodes);
  if (memoryAvailable < needed)
    return new LabError(
      'limit',
      `A cluster of ${nodes} nodes needs ${mib(needed)} of memory; ${mib(memoryAvailable)} of ${mib(memoryTotal)} are free.`,
      {
        hint: 'Close programs that need much memory, or destroy other runs: `patchbay runs`. In Docker Desktop the limit is in its settings.',
        data: { needed, available: memoryAvailable, total: memoryTotal },
      },
    );
  if (diskFree < DISK * MIB)
    return new LabError('disk-full', `A cluster needs ${DISK} MiB on Docker's disk; ${mib(diskFree)} are free.`, {
      hint: 'Free some disk space: `patchbay clean --images` removes what Patchbay can build again.',
      data: { needed: DISK * MIB, available: diskFree },
    });
  return null;
};

/** Asked where the containers run, which need not be this machine. */
export const lackOf = async (_docker: Docker, agent: Agent, nodes: number): Promise<LabError | null> => {
  const { stdout } = await agent.run(
    "awk '/^MemTotal|^MemAvailable/ { print $1, $2 }' /proc/meminfo; df -Pk / | awk 'NR == 2 { print \"Disk:\", $4 }'",
  );
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(stdout)?.[1] ?? Number.NaN) * 1024;
  const resources = {
    memoryAvailable: kilobytes('MemAvailable'),
    memoryTotal: kilobytes('MemTotal'),
    diskFree: kilobytes('Disk'),
  };
  // What cannot be told is no reason to refuse.
  return Object.values(resources).some(Number.isNaN) ? null : lackIn(resources, nodes);
};

const mib = (bytes: number): string => `${Math.floor(bytes / MIB)} MiB`;
