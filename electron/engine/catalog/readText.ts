import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, sep } from 'node:path';

/** Longer than any lab that a person writes. Bytes. */
export const FILE_LIMIT = 512 * 1024;

export type TextFile = { readonly text: string } | { readonly fault: string };

/** A text file of a lab's folder, by its path there. A fault, in words for the lab's author, when it cannot be had. */
export const readText = (folder: string, path: string): TextFile => {
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) return { fault: `\`${path}\` leaves the lab's folder` };
  try {
    const real = realpathSync(join(folder, path));
    if (!real.startsWith(realpathSync(folder) + sep)) return { fault: `\`${path}\` leaves the lab's folder by a link` };
    const found = statSync(real);
    if (!found.isFile()) return { fault: `\`${path}\` is not a file` };
    if (found.size > FILE_LIMIT)
      return { fault: `\`${path}\` has ${found.size} bytes; ${FILE_LIMIT} are the most that Patchbay reads` };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(real)) };
  } catch (error) {
    if (error instanceof TypeError) return { fault: `${basename(path)} is not written in UTF-8` };
    return { fault: `\`${path}\` cannot be read: ${faultOf(error)}` };
  }
};

const faultOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'no permission';
  return error instanceof Error ? error.message : String(error);
};
