import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface ContextFile {
  /** From the folder, with slashes. */
  readonly path: string;
  readonly content: Buffer;
  /** Only what git keeps: 0o755 or 0o644. */
  readonly mode: number;
}

/** All files of a build's folder, in an order that is the same everywhere. */
export function contextFiles(folder: string): ContextFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .map((file) => ({
      path: relative(folder, file).split(sep).join('/'),
      content: readFileSync(file),
      mode: statSync(file).mode & 0o100 ? 0o755 : 0o644,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Twelve hex digits over names, modes and contents of the folder's files and over what they are built on. */
export function contentHash(folder: string, base: string): string {
  const hash = createHash('sha256').update(base);
  for (const { path, content, mode } of contextFiles(folder))
    hash.update(`\0${path}\0${mode.toString(8)}\0${content.length}\0`).update(content);
  return hash.digest('hex').slice(0, 12);
}
