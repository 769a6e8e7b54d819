import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash, dropStamp, readStamp, writeStamp } from '../setup/stamp.mjs';
import { page, programs, sources, stampFile } from './entries.mjs';

/** @param {string} root */
const hash = (root) => contentHash(root, sources, [process.versions.node.split('.')[0] ?? '']);

/**
 * @param {string} root
 * @param {{source: string, output: string}} entry
 */
const isThere = (root, { source, output }) => !existsSync(join(root, source)) || existsSync(join(root, output));

/**
 * Whether all outputs are there and come from the present sources.
 * @param {string} root
 */
export const isUpToDate = (root) =>
  readStamp(join(root, stampFile)) === hash(root) && [...programs, page].every((it) => isThere(root, it));

/**
 * Runs a build between dropping the stamp and writing it, so that half a build is none.
 * @param {string} root
 * @param {() => Promise<void>} build
 */
export async function stamped(root, build) {
  // Taken before: what is edited while we build is built again the next time.
  const before = hash(root);
  dropStamp(join(root, stampFile));
  await build();
  writeStamp(join(root, stampFile), before);
}
