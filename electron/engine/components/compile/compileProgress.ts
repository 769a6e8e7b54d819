/** A link takes about as long as this many packages. */
const LINK = 25;

interface Work {
  /** Packages in all. */
  readonly packages: number;
  /** Those of them that are still to be compiled: an earlier attempt may have done the rest. */
  readonly toDo: number;
  /** Programs to be linked, after the packages. */
  readonly links: number;
  /** Seconds that everything takes, with nothing done before. */
  readonly usual: number;
}

/** How far a compile is, from what `go build -v` prints: one line for each package as it begins. */
export class CompileProgress {
  readonly #work: Work;
  readonly #now: () => number;
  readonly #began: number;
  #done = 0;
  /** Seconds after the beginning at which the last package began. */
  #last = 0;

  /** `now` in milliseconds. */
  constructor(work: Work, now: () => number = () => performance.now()) {
    this.#work = work;
    this.#now = now;
    this.#began = now();
  }

  line(line: string): void {
    // A compiler's own words have blanks.
    if (!/^\S+$/.test(line) || this.#done === this.#work.toDo) return;
    this.#done++;
    this.#last = this.#elapsed();
  }

  /** Seconds that it may still take. */
  left(): number {
    const { packages, toDo, links, usual } = this.#work;
    const linking = links * LINK;
    // Its own pace, as soon as there is enough of it to go by.
    const pace = this.#done < 20 ? usual / Math.max(1, packages + linking) : this.#last / this.#done;
    const waited = this.#elapsed() - this.#last;
    return Math.max(1, pace * (toDo - this.#done + linking) - waited);
  }

  text(): string {
    const { packages, toDo } = this.#work;
    const left = `about ${spoken(this.left())} left`;
    return this.#done === toDo
      ? `linking, ${left}`
      : `${packages - toDo + this.#done} of ${packages} packages, ${left}`;
  }

  #elapsed(): number {
    return (this.#now() - this.#began) / 1000;
  }
}

const spoken = (seconds: number): string =>
  seconds < 60 ? `${Math.ceil(seconds / 5) * 5} s` : `${Math.ceil(seconds / 60)} min`;
