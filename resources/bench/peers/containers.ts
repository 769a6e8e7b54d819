import { randomBytes } from 'node:crypto';
import type Dockerode from 'dockerode';
import { createOptions } from '../../../electron/engine/docker/containers.ts';
import { label } from '../../../electron/engine/docker/labels.ts';
import { nodeSpec } from '../../../electron/engine/environments/hosts/nodeSpec.ts';
import type { Site } from '../site.ts';
import { within } from '../waiting.ts';

/** Docker's own create and start of so many containers like our nodes, side by side: milliseconds. They are removed before it answers. */
export async function createAndStart({ docker, image, owner }: Site, count: number): Promise<number> {
  const names = Array.from({ length: count }, () => `patchbay-bench-${randomBytes(5).toString('hex')}`);
  const began = performance.now();
  const made = await within(
    60_000,
    'create and start',
    Promise.all(names.map((name) => start(docker, name, image, owner))),
  );
  const took = performance.now() - began;
  await within(60_000, 'removal', Promise.all(made.map((it) => it.remove({ force: true, v: true }))));
  return took;
}

async function start(docker: Dockerode, name: string, image: string, owner: string): Promise<Dockerode.Container> {
  const spec = nodeSpec({ owner, image, version: 'bench', profile: 'host' }, name);
  // Not a node to our engine, which would take it for one of its own.
  const container = await docker.createContainer(
    createOptions({ ...spec, labels: { [label.owner]: owner, [label.role]: 'bench' } }),
  );
  await container.start();
  return container;
}
