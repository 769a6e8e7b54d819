import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ExecaError, execa } from 'execa';
import { LabError } from '../../../contract/error.ts';
import { aptOptions, mirrorSources } from './aptSettings.ts';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The parts of Debian that its slim image leaves out too; the licences stay. */
const left = ['doc', 'man', 'info', 'groff', 'lintian', 'linda', 'locale'].map(
  (name) => `path-exclude=/usr/share/${name}/*`,
);
const slim = [...left, 'path-include=/usr/share/doc/*/copyright', 'path-include=/usr/share/locale/locale.alias'];

/**
 * Debian 12 made from its packages, as a tar of a root file system at `target`, which appears only when it is whole.
 * Rejects with `package-missing` (data.packages) or `image-failed` with the last lines that mmdebstrap printed.
 */
export async function bootstrap(target: string, onLine: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (process.platform !== 'linux')
    throw new LabError('image-failed', 'No registry could be reached, and only Linux can make the base image itself.', {
      hint: 'Connect to the internet once, then try again.',
    });
  const partial = `${target}.${process.pid}.partial.tar`;
  await mkdir(dirname(target), { recursive: true });
  const options = (await aptOptions()).map((line) => `--aptopt=${line}`);
  const lines: string[] = [];
  try {
    const running = execa(
      'mmdebstrap',
      [
        '--variant=minbase',
        ...slim.map((it) => `--dpkgopt=${it}`),
        ...options,
        // Our machine's proxy is nothing for the image.
        '--customize-hook=rm -f "$1/etc/apt/apt.conf.d/99mmdebstrap"',
        'bookworm',
        partial,
        ...mirrorSources(),
      ],
      {
        all: true,
        buffer: false,
        cancelSignal: signal,
        forceKillAfterDelay: 10_000,
        // It calls chroot, which is not on a user's path everywhere.
        env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin`, LC_ALL: 'C.UTF-8' },
      },
    );
    for await (const line of running.iterable({ from: 'all' })) {
      lines.push(line);
      if (lines.length > 200) lines.shift();
      onLine(line.replace(/^I: /, ''));
    }
    await running;
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw failure(error, lines);
  }
}

function failure(error: unknown, lines: readonly string[]): LabError {
  const missing = [
    ...(error instanceof ExecaError && error.code === 'ENOENT' ? ['mmdebstrap'] : []),
    ...(existsSync(KEYRING) ? [] : ['debian-archive-keyring']),
  ];
  if (missing.length > 0)
    return new LabError('package-missing', `The base image cannot be made without ${missing.join(' and ')}.`, {
      hint: `\`sudo apt-get install ${missing.join(' ')}\`, or connect to a network that reaches a container registry.`,
      data: { packages: missing },
      cause: error,
    });
  const log = lines.slice(-20);
  if (log.some((line) => /no space left on device/i.test(line)))
    return new LabError('disk-full', 'The disk is full: the base image could not be made.', {
      hint: 'It needs about 1 GB while it is made.',
      data: { log },
      cause: error,
    });
  const interrupted = error instanceof ExecaError && error.isCanceled;
  return new LabError(
    'image-failed',
    interrupted ? 'Making the base image was interrupted.' : 'The base image could not be made from packages.',
    {
      hint: interrupted
        ? 'The next start begins it anew.'
        : 'Does this machine reach a Debian mirror? `apt-get update`',
      data: { log },
      cause: error,
    },
  );
}
