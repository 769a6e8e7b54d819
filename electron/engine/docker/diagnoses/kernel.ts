import type { DockerConnection } from '../connect.ts';
import { imageReference } from '../images/table.ts';
import { label } from '../labels.ts';
import { type Diagnosis, ok, skipped, wrong } from './diagnosis.ts';

/** What every lab needs, each tried by making one. */
const features = { veth: 'ip link add pb0 type veth peer name pb1', bridge: 'ip link add pb2 type bridge' };

export const kernel: Diagnosis = {
  id: 'kernel',
  title: "Kernel's network features",
  needsDocker: true,
  check: async ({ docker }) => {
    const missing = docker && (await missingOf(docker, features));
    if (!missing) return skipped('the image that asks is not there yet');
    return missing.length === 0 ? ok(Object.keys(features).join(', ')) : kernelLacks(missing);
  },
};

/**
 * Those whose command fails: asked of the engine itself, which may run on another machine's kernel, in a short container that has no network but
 * its own. Null while its image is not there.
 */
export const missingOf = async (
  docker: DockerConnection,
  commands: Readonly<Record<string, string>>,
): Promise<string[] | null> => {
  const image = imageReference('host');
  if (!(await docker.hasImage(image))) return null;
  const id = await docker.create({
    name: `patchbay-doctor-${process.pid}-${Date.now()}-${Object.keys(commands)[0]}`,
    image,
    labels: { [label.owner]: 'doctor', [label.role]: 'doctor' },
    capAdd: ['NET_ADMIN'],
  });
  try {
    await docker.start(id);
    const missing: string[] = [];
    for (const [name, command] of Object.entries(commands)) {
      const { exit } = await docker.execToEnd(id, ['sh', '-c', command], { deadlineMs: 10_000 });
      if (exit !== 0) missing.push(name);
    }
    return missing;
  } finally {
    await docker.remove(id);
  }
};

export const kernelLacks = (missing: readonly string[]) =>
  wrong(
    `the kernel of the engine has no ${missing.join(', ')}`,
    `\`sudo modprobe ${missing.join(' ')}\` on the engine's machine`,
  );
