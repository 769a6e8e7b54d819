import type Dockerode from 'dockerode';
import { docker as dockerCalls, engine as engineCalls } from '../../electron/contract/calls.ts';
import { clientFor } from '../../electron/engine/docker/address.ts';
import { imageReference } from '../../electron/engine/docker/images/table.ts';
import { label } from '../../electron/engine/docker/labels.ts';
import { ownerOf } from '../../electron/engine/owner.ts';
import { stateDir } from '../setup/paths.mjs';
import { EngineUnderTest } from './engineUnderTest.ts';
import { until, within } from './waiting.ts';

/** Where everything is measured: our engine, and the Docker Engine that it runs on, asked directly. */
export interface Site {
  readonly engine: EngineUnderTest;
  /** For peers only. */
  readonly docker: Dockerode;
  /** `unix:///...`: for peers that are programs. */
  readonly dockerAddress: string;
  readonly image: string;
  /** The label's value of all that is made here, so that it is found and removed. */
  readonly owner: string;
}

/** A learner's first wait for images may be long; here they are there already. Milliseconds. */
const READY = 120_000;

/** Starts the engine of PATCHBAY_STATE_DIR and waits until runs can start. */
export async function openSite(): Promise<Site & { close(): Promise<void> }> {
  const folder = stateDir();
  const engine = new EngineUnderTest(folder);
  const client = await engine.client();
  // Nothing is made ahead while something else is measured: a cluster takes both cores for a minute.
  await client.call(engineCalls.configure, { clusters: 'when-started', standby: 'off' });
  const status = await within(READY, 'Docker and images', client.call(dockerCalls.prepare, {}));
  if (status.docker.state !== 'ready') throw new Error('No Docker Engine: `npx patchbay doctor` says why.');
  const dockerAddress = status.docker.endpoint;
  const { client: docker, close } = clientFor({ source: 'socket', name: 'bench', address: dockerAddress });
  const owner = ownerOf(folder);
  return {
    engine,
    docker,
    dockerAddress,
    image: imageReference('host'),
    owner,
    async close() {
      await engine.stop().catch(() => undefined);
      await removeAll(docker, owner);
      close();
    },
  };
}

/** An engine that is ending removes some of them itself: what is under way is waited for. */
async function removeAll(docker: Dockerode, owner: string): Promise<void> {
  await until(30_000, 'removal of what was made', async () => {
    const left = await docker.listContainers({ all: true, filters: { label: [`${label.owner}=${owner}`] } });
    const gone = left.map((it) => docker.getContainer(it.Id).remove({ force: true, v: true }));
    await Promise.allSettled(gone);
    return left.length === 0;
  });
}
