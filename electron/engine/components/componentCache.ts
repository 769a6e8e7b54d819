import { chmod, link, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../../../resources/setup/paths.mjs';
import { componentHash, componentsHash } from './componentsHash.ts';
import { type Arch, type Component, pins } from './pins.ts';

const HALF = 'half-';

/** Where components are kept once they are whole. Nothing there is ever changed: another content has another name. */
export class ComponentCache {
  readonly root: string;
  readonly #arch: Arch;

  constructor(arch: Arch, root: string = join(cacheDir(), 'components')) {
    this.#arch = arch;
    this.root = root;
  }

  /** The folder whose `bin` has every binary: what `prepareComponents` resolves with. */
  whole(): string {
    return join(this.root, `${componentsHash()}-${this.#arch}`);
  }

  folderOf(component: Component): string {
    return join(this.root, 'parts', `${component.name}-${component.version}-${componentHash(component)}-${this.#arch}`);
  }

  async has(component: Component): Promise<boolean> {
    return exists(this.folderOf(component));
  }

  async isWhole(): Promise<boolean> {
    return exists(this.whole());
  }

  /** Where a download waits for its rest; stays after an interruption. */
  async downloads(component: Component): Promise<string> {
    const folder = `${this.folderOf(component)}.download`;
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** `make` fills an empty folder with the component's binaries; the folder gets its name when they are all there. */
  async land(component: Component, make: (folder: string) => Promise<void>): Promise<void> {
    await this.#whenWhole(this.folderOf(component), async (half) => {
      await make(half);
      const made = await readdir(half);
      const missing = component.binaries.filter((it) => !made.includes(it));
      if (missing.length > 0) throw new Error(`${component.name} came without ${missing.join(', ')}.`);
      for (const binary of component.binaries) await chmod(join(half, binary), 0o755);
    });
    await rm(`${this.folderOf(component)}.download`, { recursive: true, force: true });
  }

  /** All components in one `bin`, as further names of the same files. */
  async assemble(): Promise<string> {
    await this.#whenWhole(this.whole(), async (half) => {
      await mkdir(join(half, 'bin'));
      for (const component of pins().components)
        for (const binary of component.binaries)
          await link(join(this.folderOf(component), binary), join(half, 'bin', binary));
    });
    return this.whole();
  }

  /** What an interruption left behind, apart from downloads that can be gone on with. */
  async removeHalves(): Promise<void> {
    for (const name of await readdir(this.root))
      if (name.startsWith(HALF)) await rm(join(this.root, name), { recursive: true, force: true });
  }

  async #whenWhole(target: string, make: (half: string) => Promise<void>): Promise<void> {
    await mkdir(join(this.root, 'parts'), { recursive: true });
    const half = await mkdtemp(join(this.root, HALF));
    await chmod(half, 0o755);
    try {
      await make(half);
      await rename(half, target);
    } catch (error) {
      await rm(half, { recursive: true, force: true });
      // Somebody else was quicker with the same content.
      if (!(await exists(target))) throw error;
    }
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
