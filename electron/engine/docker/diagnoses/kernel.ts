import { imageReference } from '../images/table.ts';
import { label } from '../labels.ts';
import { type Diagnosis, ok, skipped, wrong } from './diagnosis.ts';

/** What every lab needs, each tried by making one. */
const features = { veth: 'ip link add pb0 type veth peer name pb1', bridge: 'ip link add pb2 type bridge' };

/** Asked of the engine itself, which may run on another machine's kernel: a short container that has no network but its own. */
export const kernel: Diagnosis = {
  id: 'kernel',
  title: "Kernel's network features",
  needsDocker: true,
  check: async ({ docker }) => {
    const image = imageReference('host');
    if (!docker || !(await docker.hasImage(image))) return skipped('the image that asks is not there yet');
    const id = await docker.create({
      name: `patchbay-doctor-${process.pid}-${Date.now()}`,
      image,
      labels: { [label.owner]: 'doctor', [label.role]: 'doctor' },
      capAdd: ['NET_ADMIN'],
    });
    try {
      await docker.start(id);
      const missing: string[] = [];
      for (const [name, command] of Object.entries(features)) {
        const { exit } = await docker.execToEnd(id, ['sh', '-c', command], { deadlineMs: 10_000 });
        if (exit !== 0) missing.push(name);
      }
      if (missing.length === 0) return ok(Object.keys(features).join(', '));
      return wrong(
        `the kernel of the engine has no ${missing.join(', ')}`,
        `\`sudo modprobe ${missing.join(' ')}\` on the engine's machine`,
      );
    } finally {
      await docker.remove(id);
    }
  },
};
