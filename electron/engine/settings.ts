import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Settings } from '../contract/models/status.ts';

const defaults: Settings = { pool: 'auto', clusters: 'background', standby: 'auto', labs: [] };

/** What the learner chose, in one file of the state directory. A file that cannot be read counts as none. */
export class SettingsFile {
  readonly #path: string;

  constructor(stateDir: string) {
    this.#path = join(stateDir, 'settings.json');
  }

  read(): Settings {
    try {
      return Settings.parse({ ...defaults, ...JSON.parse(readFileSync(this.#path, 'utf8')) });
    } catch {
      return defaults;
    }
  }

  change(by: Partial<Settings>): Settings {
    const next = { ...this.read(), ...by };
    const half = `${this.#path}.new`;
    writeFileSync(half, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
    renameSync(half, this.#path);
    return next;
  }
}

const GIB = 1024 ** 3;

/** How many nodes stand by: an idle one takes about 1 MB, but each costs Docker some and a small machine has little to give. */
export const poolSize = ({ pool }: Pick<Settings, 'pool'>, memoryTotal: number): number =>
  pool !== 'auto' ? pool : memoryTotal >= 4 * GIB ? 8 : memoryTotal >= 2 * GIB ? 4 : 0;
