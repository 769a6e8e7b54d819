import { isAbsolute, resolve } from 'node:path';
import { LabError } from '../contract/error.ts';
import { labsIn } from './catalog/catalog.ts';
import type { SettingsFile } from './settings.ts';

/** As the contract has it. */
const LIMIT = 64;

/** Where the learner's own labs are, kept with the settings: one list for the window, the browser and the command line. */
export class LabFolders {
  readonly #settings: SettingsFile;
  readonly #changed: () => void;

  constructor(settings: SettingsFile, changed: () => void) {
    this.#settings = settings;
    this.#changed = changed;
  }

  get all(): readonly string[] {
    return this.#settings.read().labs;
  }

  /** Throws `bad-input` where there is no lab, and `limit`. What is there already is there once. */
  add(folder: string): readonly string[] {
    if (!isAbsolute(folder)) throw new LabError('bad-input', `${folder} is no absolute path.`);
    const path = resolve(folder);
    if (labsIn(path).length === 0)
      throw new LabError('bad-input', `There is no lab in ${path}.`, {
        hint: 'A lab is a folder with a lab.yaml. Name it, or the folder that holds it. `patchbay new` starts one.',
      });
    if (this.all.includes(path)) return this.all;
    if (this.all.length >= LIMIT)
      throw new LabError('limit', `The catalog has ${LIMIT} folders of yours already.`, {
        hint: 'Put several labs into one folder, and add that one. `patchbay labs --drop FOLDER` takes one out.',
      });
    return this.#set([...this.all, path]);
  }

  /** Throws `not-found`. */
  drop(folder: string): readonly string[] {
    const path = resolve(folder);
    if (!this.all.includes(path))
      throw new LabError('not-found', `The catalog has no folder ${path} of yours.`, {
        hint: this.all.length > 0 ? `It has: ${this.all.join(', ')}.` : 'It has none.',
      });
    return this.#set(this.all.filter((it) => it !== path));
  }

  #set(labs: string[]): readonly string[] {
    const next = this.#settings.change({ labs }).labs;
    this.#changed();
    return next;
  }
}
