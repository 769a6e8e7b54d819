import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { LabError } from '../../contract/error.ts';
import type { Agent } from '../agent/agent.ts';
import type { ExpandedEnvironment } from '../catalog/expanded.ts';
import type { DockerConnection } from '../docker/connect.ts';

/** Bytes that the machine of a Docker Engine has; null where that cannot be seen from here. */
export interface Room {
  readonly memoryTotal: number;
  readonly memoryFree: number | null;
  readonly diskFree: number | null;
}

/** Bytes. */
export interface Needs {
  readonly memory: number;
  readonly disk: number;
}

/** An environment, as far as it matters here. */
export interface Size {
  readonly kind: ExpandedEnvironment['kind'];
  readonly nodes: number;
}

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/**
 * What an environment needs to start. A Docker Engine takes 46 MiB and each container of a lab a few (measured). A control plane in steady state takes 440 to 480 MiB and a worker 95 to 115 (measured), the rest is for the
 * pods of a lab; the disk is for what nodes write and pull. Hosts take a megabyte each, so nobody asks.
 */
const needsOf: { readonly [Kind in Size['kind']]: ((nodes: number) => Needs) | null } = {
  hosts: null,
  docker: (nodes) => ({ memory: 200 * nodes * MIB, disk: 0.5 * GIB }),
  kubernetes: (nodes) => ({ memory: (700 + 250 * (nodes - 1)) * MIB, disk: 1.5 * GIB }),
};

/** What making the images of clusters takes for a while: modules, the compiler's cache, images. */
export const BUILD_NEEDS: Needs = { memory: 2 * GIB, disk: 10 * GIB };

/** Asked where the containers run, which need not be this machine. */
export const roomInside = async (agent: Agent): Promise<Room | null> => {
  const { stdout } = await agent.run(
    "awk '/^Mem(Total|Available)/ { print $1, $2 }' /proc/meminfo; df -Pk / | awk 'NR == 2 { print \"Disk:\", $4 }'",
  );
  const bytes = (name: string): number | null => {
    const kilobytes = new RegExp(`^${name}: (\\d+)$`, 'm').exec(stdout)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  };
  const memoryTotal = bytes('MemTotal');
  return memoryTotal === null ? null : { memoryTotal, memoryFree: bytes('MemAvailable'), diskFree: bytes('Disk') };
};

/** The same without a helper: what lies on the engine's own machine is seen only where that is this one. */
export const roomOutside = async (docker: DockerConnection): Promise<Room> => {
  const { memoryTotal } = await docker.info();
  const local = docker.endpoint.address.startsWith('unix:') && process.platform === 'linux';
  const folder = local ? await docker.housekeeping.rootFolder() : '';
  if (!local || !existsSync(folder)) return { memoryTotal, memoryFree: null, diskFree: null };
  const { bavail, bsize } = await statfs(folder);
  // Node's freemem is the kernel's MemAvailable: what programs can get, caches included.
  return { memoryTotal, memoryFree: freemem(), diskFree: bavail * bsize };
};

/** Why an environment cannot be started, with the numbers; null when it can. */
export const shortOfRoom = ({ kind, nodes }: Size, room: Room): LabError | null => {
  const needs = needsOf[kind]?.(nodes);
  const what =
    kind === 'docker' ? 'A lab with a Docker Engine' : `A cluster of ${nodes === 1 ? '1 node' : `${nodes} nodes`}`;
  return needs ? shortOf(what, needs, room) : null;
};

/** Why these needs are not met, with the numbers; null when they are. `what`: `A cluster of 2 nodes`. */
export const shortOf = (what: string, needs: Needs, room: Room): LabError | null => {
  const { memoryTotal, memoryFree, diskFree } = room;
  if (memoryTotal < needs.memory)
    return new LabError(
      'limit',
      `${what} needs ${said(needs.memory)} of memory, and Docker has ${said(memoryTotal)}.`,
      {
        hint: "Give Docker's machine more memory.",
        data: { needs: { ...needs }, room: { ...room } },
      },
    );
  if (memoryFree !== null && memoryFree < needs.memory)
    return new LabError('limit', `${what} needs ${said(needs.memory)} of memory, and ${said(memoryFree)} are free.`, {
      hint: 'End another run (`patchbay runs`, then `patchbay destroy RUN`) or close other programs.',
      data: { needs: { ...needs }, room: { ...room } },
    });
  if (diskFree !== null && diskFree < needs.disk)
    return new LabError('disk-full', `${what} needs ${said(needs.disk)} of disk, and ${said(diskFree)} are free.`, {
      hint: '`docker system df` shows what takes room; `patchbay clean --images` removes what can be built again.',
      data: { needs: { ...needs }, room: { ...room } },
    });
  return null;
};

const said = (bytes: number): string =>
  bytes < GIB ? `${Math.round(bytes / MIB)} MiB` : `${(bytes / GIB).toFixed(1)} GiB`;
