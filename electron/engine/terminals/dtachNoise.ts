/** What dtach's client itself prints when it attaches: it clears the screen. */
const HELLO = Buffer.from('\x1b[H\x1b[J');
/** What it prints at its end, when the shell is gone or it was told to leave. */
const FAREWELLS = ['[EOF - dtach terminating]', '[detached]'].map((it) =>
  Buffer.from(`\x1b[999H\r\n${it}\r\n\x1b[?25h`),
);
/** Milliseconds after which bytes that were held back, because a farewell may begin with them, are none after all. */
const PATIENCE = 50;

/** Takes dtach's own words out of a shell's output. */
export class DtachNoise {
  readonly #emit: (bytes: Uint8Array) => void;
  #greeted = false;
  #held: Buffer = Buffer.alloc(0);
  #timer: NodeJS.Timeout | null = null;

  constructor(emit: (bytes: Uint8Array) => void) {
    this.#emit = emit;
  }

  feed(chunk: Uint8Array): void {
    let bytes = Buffer.concat([this.#held, chunk]);
    this.#hold(Buffer.alloc(0));
    if (!this.#greeted) {
      if (bytes.length < HELLO.length && HELLO.subarray(0, bytes.length).equals(bytes)) return this.#hold(bytes);
      this.#greeted = true;
      if (bytes.subarray(0, HELLO.length).equals(HELLO)) bytes = bytes.subarray(HELLO.length);
    }
    const farewell = startOfFarewell(bytes);
    if (farewell > 0) this.#emit(bytes.subarray(0, farewell));
    if (farewell < bytes.length) {
      this.#hold(bytes.subarray(farewell));
      // A whole farewell waits for the end of the stream, which follows it.
      if (!FAREWELLS.some((it) => it.equals(this.#held))) this.#timer = setTimeout(() => this.#release(), PATIENCE);
    }
  }

  /** The stream has ended: what is held was the farewell. */
  end(): void {
    this.#hold(Buffer.alloc(0));
  }

  #release(): void {
    const bytes = this.#held;
    this.#hold(Buffer.alloc(0));
    if (bytes.length > 0) this.#emit(bytes);
  }

  #hold(bytes: Buffer): void {
    this.#held = bytes;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** Where the end of the bytes begins to be a farewell, or their length. */
const startOfFarewell = (bytes: Buffer): number => {
  const longest = Math.max(...FAREWELLS.map((it) => it.length));
  for (let at = Math.max(0, bytes.length - longest); at < bytes.length; at++) {
    const end = bytes.subarray(at);
    if (FAREWELLS.some((it) => it.length >= end.length && it.subarray(0, end.length).equals(end))) return at;
  }
  return bytes.length;
};
