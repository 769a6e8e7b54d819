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

  /** `folders` hold a folder for each lab; one that is not there is passed over. */
  constructor(folders: readonly string[], probes: ProbeTable, kept?: KeptLabs) {
    this.#folders = folders;
    this.#probes = probes;
    this.#kept = kept;
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
    const folder = this.#labFolders().find((it) => basename(it) === name) ?? resolve(name);
    return existsSync(join(folder, LAB_FILE)) ? loadLab(folder, this.#probes, this.#kept) : null;
  }

  /** Ids to offer when a name is not known. */
  ids(): string[] {
    return this.#labFolders().map((folder) => basename(folder));
  }

  #labFolders(): string[] {
    return this.#folders.flatMap((parent) => {
      if (!existsSync(parent)) return [];
      return readdirSync(parent)
        .sort()
        .map((name) => join(parent, name))
        .filter(
          (folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() && existsSync(join(folder, LAB_FILE)),
        );
    });
  }
}

export const idOf = (loaded: LoadedLab): string => (loaded.state === 'ok' ? loaded.lab.id : loaded.id);
