/** Work that is under way, by what it is for: asked for again meanwhile, it is the same work. */
export class Once<T> {
  readonly #underWay = new Map<string, Promise<T>>();

  do(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.#underWay.get(key);
    if (known) return known;
    const begun = work().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, begun);
    return begun;
  }
}
