import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';

/** An editor writes a file in several steps. Milliseconds. */
const REST = 40;

/** Tells that files of labs have changed, once for changes that come together. What cannot be watched is read anew when somebody asks, as before. */
export class LabWatch {
  readonly #places: () => readonly string[];
  readonly #changed: () => void;
  readonly #watched = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** `places`: folders; what lies deeper is a folder of its own. They are looked up again with every change. */
  constructor(places: () => readonly string[], changed: () => void) {
    this.#places = places;
    this.#changed = changed;
    this.#follow();
  }

  /** As if a file had changed: the places are others now. */
  touch(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#follow();
      this.#changed();
    }, REST);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const path of [...this.#watched.keys()]) this.#leave(path);
  }

  #follow(): void {
    const wanted = new Set(this.#places());
    for (const path of this.#watched.keys()) if (!wanted.has(path)) this.#leave(path);
    for (const path of wanted) this.#enter(path);
  }

  #enter(path: string): void {
    if (this.#watched.has(path) || !existsSync(path)) return;
    try {
      const watcher = watch(path, { persistent: false }, (_, name) => {
        // Perhaps the folder itself went. Made again, as by git, it is another one under the same name.
        if (name === basename(path)) this.#leave(path);
        this.touch();
      });
      watcher.on('error', () => this.#leave(path));
      this.#watched.set(path, watcher);
    } catch (error) {
      console.error(error);
    }
  }

  #leave(path: string): void {
    this.#watched.get(path)?.close();
    this.#watched.delete(path);
  }
}
