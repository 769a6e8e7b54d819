import type Dockerode from 'dockerode';
import { bounded, patience } from './bounded.ts';
import { labelFilter } from './events.ts';

/** What `clean` and `doctor` need beyond containers. Everything is asked for by label: what has none of ours is not even seen. */
export interface Housekeeping {
  volumes(labels: Readonly<Record<string, string>>): Promise<string[]>;
  removeVolume(name: string): Promise<void>;
  networks(labels: Readonly<Record<string, string>>): Promise<string[]>;
  removeNetwork(id: string): Promise<void>;
  /** Where the engine stores everything, as a path on the engine's own machine. */
  rootFolder(): Promise<string>;
}

export const housekeeping = (client: Dockerode): Housekeeping => ({
  volumes: (labels) =>
    bounded('list volumes', patience.ask, async (abortSignal) => {
      const found = await client.listVolumes({ filters: { label: labelFilter(labels) }, abortSignal });
      return (found.Volumes ?? []).map((it) => it.Name);
    }),
  removeVolume: (name) =>
    bounded(`remove volume ${name}`, patience.change, (abortSignal) => client.getVolume(name).remove({ abortSignal })),
  networks: (labels) =>
    bounded('list networks', patience.ask, async (abortSignal) => {
      const found = await client.listNetworks({ filters: { label: labelFilter(labels) }, abortSignal });
      return found.map((it) => it.Id);
    }),
  removeNetwork: (id) =>
    bounded(`remove network ${id}`, patience.change, (abortSignal) => client.getNetwork(id).remove({ abortSignal })),
  rootFolder: () => bounded('tell about itself', patience.ask, async () => (await client.info()).DockerRootDir),
});
