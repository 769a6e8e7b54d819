import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.ts';

interface Kept {
  readonly program: string;
  readonly lab: Lab;
}

/**
 * Labs without a mistake, as this very program read them from the same files before. A program that just started takes 90 ms of
 * processor time to read one, and a learner waits for that. A lab is plain data, so JSON holds all of it.
 */
export class KeptLabs {
  readonly #cache: string;
  readonly #program: string;

  /** `program` is the hash of all code that reads labs: another version may find other mistakes. */
  constructor(cache: string, program: string) {
    this.#cache = cache;
    this.#program = program;
  }

  /** Null when this program never read that folder with content of this hash. */
  read(folder: string, hash: string): Lab | null {
    try {
      // Only `write` makes these files, and renames them when they are whole.
      const { program, lab } = JSON.parse(readFileSync(this.#file(folder), 'utf8')) as Kept;
      return program === this.#program && lab.folder === folder && lab.hash === hash ? lab : null;
    } catch {
      return null;
    }
  }

  /** What cannot be kept is read anew the next time. */
  write(lab: Lab): void {
    const file = this.#file(lab.folder);
    const written = `${file}.${process.pid}.new`;
    const kept: Kept = { program: this.#program, lab };
    try {
      mkdirSync(this.#cache, { recursive: true, mode: 0o700 });
      writeFileSync(written, JSON.stringify(kept), { mode: 0o600 });
      renameSync(written, file);
    } catch (error) {
      console.error(error);
    }
  }

  /** One for each folder, so that they do not pile up. */
  #file(folder: string): string {
    return join(this.#cache, `${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.json`);
  }
}
