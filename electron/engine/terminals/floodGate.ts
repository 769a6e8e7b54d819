import { linesBefore } from './plainLines.ts';

/** Milliseconds without bytes that are a rest. */
const REST = 10;
/** More than this within a rest is a flood. Bytes. */
const LITTLE = 64 * 1024;
/** A flood is gathered until it is this large, or this old. Bytes, milliseconds. */
const GATHERED = { size: 2 * 1024 * 1024, age: 200 };

/** The screen behind the gate. */
export interface GatedScreen {
  /** Calls back when these bytes are on the screen and nothing after them is. */
  write(bytes: Uint8Array, done: () => void): void;
  /** Inside a callback: whether plain text that follows only scrolls through. Not so in the alternate buffer, a scroll region or an unfinished sequence. */
  scrolls(): boolean;
  /** Lines of plain text after which nothing of what was before them is left. */
  readonly reach: number;
}

interface Held {
  readonly bytes: Uint8Array;
  readonly done: () => void;
}

/**
 * Before a screen that nobody looks at all the time. Bytes go on at once, but a flood is gathered, and of its plain text what would be scrolled out
 * of the screen's memory again is left out: the screen comes to be the same. Reading 50 MB takes a headless xterm two seconds of a processor
 * that page and Docker need.
 */
export class FloodGate {
  readonly #screen: GatedScreen;
  #held: Held[] = [];
  #size = 0;
  #heldSince = 0;
  #timer: NodeJS.Timeout | null = null;
  /** While it is not yet known whether what follows may be left out. */
  #asking = false;

  constructor(screen: GatedScreen) {
    this.#screen = screen;
  }

  /** `done` as the screen's own, in the order of writing. */
  write(bytes: Uint8Array, done: () => void): void {
    if (this.#size === 0) this.#heldSince = performance.now();
    this.#held.push({ bytes, done });
    this.#size += bytes.length;
    if (this.#timer === null || this.#size >= GATHERED.size) this.#release();
    this.#timer ??= setTimeout(() => this.#rested(), REST);
  }

  /** Calls back when the screen is as if everything so far had been read, and nothing after it. */
  settled(done: () => void): void {
    this.#held.push({ bytes: NO_BYTES, done });
    this.#release();
  }

  /** Nothing is gathered any more. */
  flush(): void {
    this.#release();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#held = [];
  }

  #rested(): void {
    this.#timer = null;
    if (this.#size === 0) return;
    if (this.#size < LITTLE || performance.now() - this.#heldSince >= GATHERED.age) this.#release();
    this.#timer = setTimeout(() => this.#rested(), REST);
  }

  #release(): void {
    while (!this.#asking && this.#held.length > 0) this.#releaseOnce();
  }

  /** Up to where somebody waits: what comes after that must not stand in for what came before. */
  #releaseOnce(): void {
    const waits = this.#held.findIndex(({ bytes }) => bytes === NO_BYTES);
    const held = this.#held.splice(0, waits < 0 ? this.#held.length : waits + 1);
    const chunks = held.map(({ bytes }) => bytes);
    this.#size -= chunks.reduce((sum, { length }) => sum + length, 0);
    const passing = linesBefore(chunks, this.#screen.reach);
    if (passing === null) return this.#pass(held);
    const { before, within, after } = cut(held, passing);
    this.#asking = true;
    this.#pass(before);
    this.#screen.write(NO_BYTES, () => {
      this.#asking = false;
      if (this.#screen.scrolls()) for (const { done } of within) done();
      else this.#pass(within);
      this.#pass(after);
      if (this.#size >= GATHERED.size || this.#held.some(({ bytes }) => bytes === NO_BYTES)) this.#release();
    });
  }

  #pass(held: readonly Held[]): void {
    for (const { bytes, done } of held) this.#screen.write(bytes, done);
  }
}

const NO_BYTES = new Uint8Array(0);
const nothing = () => undefined;

/** A chunk that is cut in two is done with its second half. */
function cut(held: readonly Held[], { from, to }: { from: number; to: number }) {
  const parts = { before: [] as Held[], within: [] as Held[], after: [] as Held[] };
  let start = 0;
  for (const { bytes, done } of held) {
    const end = start + bytes.length;
    const pieces = [
      { to: parts.before, piece: bytes.subarray(0, Math.max(0, from - start)) },
      { to: parts.within, piece: bytes.subarray(Math.max(0, from - start), Math.max(0, to - start)) },
      { to: parts.after, piece: bytes.subarray(Math.max(0, to - start)) },
    ].filter(({ piece }) => piece.length > 0);
    const last = pieces.at(-1) ?? { to: end <= from ? parts.before : parts.after, piece: bytes };
    for (const it of pieces.slice(0, -1)) it.to.push({ bytes: it.piece, done: nothing });
    last.to.push({ bytes: last.piece, done });
    start = end;
  }
  return parts;
}
