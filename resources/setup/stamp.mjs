// A stamp is the hash of what a step was made from. Where it still matches, the step is already done and costs only reading.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * SHA-256 over the names and contents of files and (recursively) folders, in a fixed order. What does not exist counts as absent.
 * @param {string} root paths are taken, and hashed, relative to it
 * @param {readonly string[]} paths files or folders
 * @param {readonly string[]} [also] further values, e.g. a version
 * @returns {string} hex
 */
export function contentHash(root, paths, also = []) {
  const hash = createHash('sha256');
  for (const path of paths) addToHash(hash, root, path);
  for (const value of also) hash.update(`\0value ${value}`);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} path
 */
function addToHash(hash, root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    for (const name of readdirSync(join(root, path)).sort()) addToHash(hash, root, `${path}/${name}`);
  } else if (stat?.isFile()) {
    hash.update(`\0file ${path} ${stat.size}\0`).update(readFileSync(join(root, path)));
  }
}

/**
 * @param {string} file
 * @returns {string | null} null where there is none
 */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/**
 * Written last of all in a step, so that an interrupted step has none.
 * @param {string} file
 * @param {string} value
 */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${value}\n`);
}

/**
 * To be called before a step begins to change what the stamp vouches for.
 * @param {string} file
 */
export const dropStamp = (file) => rmSync(file, { force: true });
