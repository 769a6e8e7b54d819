import { z } from 'zod';
import { LabError } from '../../contract/error.ts';
import { filledIn, pins } from './pins.ts';

/** `release`: upstream's binaries, checked against upstream's checksums. `modules`: compiled here from Go modules, checked against go.sum. */
export const Source = z.enum(['release', 'modules']);
export type Source = z.infer<typeof Source>;

/** Milliseconds in which upstream has to answer. */
const PATIENCE = 3000;

/** `PATCHBAY_COMPONENTS` where it is set, else upstream's binaries where all their hosts answer quickly, else a compile. */
export async function chooseSource(
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  addresses: readonly string[] = releaseAddresses(),
): Promise<Source> {
  const said = environment.PATCHBAY_COMPONENTS;
  if (said) {
    const known = Source.safeParse(said);
    if (known.success) return known.data;
    throw new LabError('bad-input', `PATCHBAY_COMPONENTS is ${said}, which is no source of components.`, {
      hint: `It can be ${Source.options.join(' or ')}.`,
    });
  }
  const answers = await Promise.all(addresses.map((address) => answersQuickly(address, signal)));
  return answers.every(Boolean) ? 'release' : 'modules';
}

/** One checksum file of each host. */
function releaseAddresses(): string[] {
  const byHost = new Map<string, string>();
  for (const { release, version, binaries } of pins().components) {
    if (!release) continue;
    const address = filledIn(release.checksum, { version, arch: 'amd64', binary: binaries[0] ?? '' });
    byHost.set(new URL(address).host, address);
  }
  return [...byHost.values()];
}

async function answersQuickly(address: string, signal: AbortSignal): Promise<boolean> {
  try {
    const limits = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    return (await fetch(address, { method: 'HEAD', redirect: 'follow', signal: limits })).ok;
  } catch {
    return false;
  }
}
