import { readFileSync } from 'node:fs';
import { execa } from 'execa';

/**
 * dockerd mounts its data root onto itself and takes that away when it ends in order; after a crash it stays, and the folder cannot be removed.
 * To be called when no engine runs on it.
 */
export async function releaseDataRoot(folder: string): Promise<void> {
  const mounted = readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${folder} `);
  if (mounted) await execa('umount', [folder], { reject: false, env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
}
