/** One value in the browser's storage. A storage that is full, shut off or holds nonsense counts as empty. */
export class Kept<T> {
  readonly #key: string;
  readonly #fallback: T;
  readonly #valid: (value: unknown) => value is T;

  constructor(name: string, fallback: T, valid: (value: unknown) => value is T) {
    this.#key = `patchbay.${name}`;
    this.#fallback = fallback;
    this.#valid = valid;
  }

  read(): T {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(this.#key) ?? 'null');
      return this.#valid(value) ? value : this.#fallback;
    } catch {
      return this.#fallback;
    }
  }

  write(value: T): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Only a convenience is lost.
    }
  }
}
