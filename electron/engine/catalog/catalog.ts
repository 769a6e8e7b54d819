import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { chapterOrder } from './chapterOrder.ts';
import type { KeptLabs } from './keptLabs.ts';
import type { LoadedLab, ProbeTable } from './lab.ts';
import { LAB_FILE, loadLab } from './load.ts';

/** The labs of some folders. Each call reads the files anew, so that an author sees what stands there now. */
export class Catalog {
  readonly #folders: readonly string[];
  readonly #probes: ProbeTable;
  readonly #kept: KeptLabs | undefined;
  readonly #own: () => readonly string[];

  /** `folders` hold a folder for each lab; one that is not there is passed over. So do the learner's `own`, or they are labs themselves. */
  constructor(
    folders: readonly string[],
    probes: ProbeTable,
    kept?: KeptLabs,
    own: () => readonly string[] = () => [],
  ) {
    this.#folders = folders;
    this.#probes = probes;
    this.#kept = kept;
    this.#own = own;
  }

  /** By id. Of two labs with one id the first is offered and the other is shown as broken. */
  list(): LoadedLab[] {
    const seen = new Set<string>();
    const loaded = this.#labFolders().map((folder): LoadedLab => {
      const loaded = loadLab(folder, this.#probes, this.#kept);
      const id = idOf(loaded);
      if (!seen.has(id)) {
        seen.add(id);
        return loaded;
      }
      const message = `another lab is called \`${id}\` already; rename the folder ${folder}`;
      return {
        state: 'broken',
        id: folder,
        mistakes: [{ file: LAB_FILE, line: 1, column: 1, message, nearest: null }],
      };
    });
    return chapterOrder(loaded);
  }

  /** By id, or by the path of its folder. Null when there is none. */
  find(name: string): LoadedLab | null {
    return this.at(this.#labFolders().find((it) => basename(it) === name) ?? resolve(name));
  }

  /** By the path of its folder alone. */
  at(folder: string): LoadedLab | null {
    return isLab(folder) ? loadLab(folder, this.#probes, this.#kept) : null;
  }

  /** Ids to offer when a name is not known. */
  ids(): string[] {
    return this.#labFolders().map((folder) => basename(folder));
  }

  /** All folders in which a file can change the list. */
  places(): string[] {
    const tops = [...this.#folders, ...this.#own()];
    // A folder that is no lab yet may become one.
    return [...new Set(tops.flatMap((top) => (isLab(top) ? [top] : [top, ...foldersIn(top)])))];
  }

  #labFolders(): string[] {
    return [...new Set([...this.#folders, ...this.#own()].flatMap(labsIn))];
  }
}

/** The labs of a folder: itself, where it is one, or those directly below it. A folder that cannot be read has none. */
export const labsIn = (folder: string): string[] => (isLab(folder) ? [folder] : foldersIn(folder).filter(isLab));

const foldersIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
      .filter((below) => statSync(below, { throwIfNoEntry: false })?.isDirectory());
  } catch {
    return [];
  }
};

const isLab = (folder: string): boolean => existsSync(join(folder, LAB_FILE));

export const idOf = (loaded: LoadedLab): string => (loaded.state === 'ok' ? loaded.lab.id : loaded.id);
