const ESC = 0x1b;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
/** A longer one is no honest sequence and is no longer kept. Bytes. */
const LIMIT = 64 * 1024;

/** Where in ECMA-48's grammar the stream stands. `string`: OSC, DCS, SOS, PM or APC, up to its terminator. */
type Place = 'ground' | 'escape' | 'control' | 'string' | 'string-escape';

/**
 * Keeps the bytes at the end of a stream that do not yet make a whole character or control sequence. Who joins a stream in the middle
 * is given them first, and then reads the rest rightly. C1 controls as single characters (U+0080 to U+009F) are not looked at.
 */
export class UnfinishedSequence {
  #place: Place = 'ground';
  #kept: Uint8Array = new Uint8Array(0);

  /** The unfinished bytes after everything that was fed; empty when the stream stands between two characters. */
  get bytes(): Uint8Array {
    return this.#kept;
  }

  feed(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    const start = this.#startOfUnfinished(chunk);
    if (start === CONTINUES) this.#kept = Buffer.concat([this.#kept, chunk]);
    else this.#kept = chunk.slice(start);
    if (this.#kept.length > LIMIT) {
      this.#kept = new Uint8Array(0);
      this.#place = 'ground';
    }
  }

  /** Index in the chunk where its unfinished end begins (its length when there is none), or CONTINUES when it began before. */
  #startOfUnfinished(chunk: Uint8Array): number {
    let start = this.#place === 'ground' ? chunk.length : CONTINUES;
    for (let at = 0; at < chunk.length; at++) {
      if (this.#place === 'ground') {
        // Text is skipped at the speed of a search.
        at = chunk.indexOf(ESC, at);
        if (at === -1) return unfinishedCharacter(this.#kept, chunk);
        start = at;
        this.#place = 'escape';
      } else {
        this.#place = after(this.#place, chunk[at] ?? 0);
        if (this.#place === 'ground') start = chunk.length;
        else if (this.#place === 'escape') start = at;
      }
    }
    return this.#place === 'ground' ? unfinishedCharacter(this.#kept, chunk) : start;
  }
}

const CONTINUES = -1;

const after = (place: Exclude<Place, 'ground'>, byte: number): Place => {
  if (byte === CAN || byte === SUB) return 'ground';
  switch (place) {
    case 'escape':
      if (byte === ESC) return 'escape';
      if (byte === 0x5b) return 'control';
      if (byte === 0x5d || byte === 0x50 || byte === 0x58 || byte === 0x5e || byte === 0x5f) return 'string';
      return byte >= 0x30 && byte <= 0x7e ? 'ground' : 'escape';
    case 'control':
      if (byte === ESC) return 'escape';
      return byte >= 0x40 && byte <= 0x7e ? 'ground' : 'control';
    case 'string':
      if (byte === BEL) return 'ground';
      return byte === ESC ? 'string-escape' : 'string';
    case 'string-escape':
      // ST is ESC \ ; any other byte begins a sequence of its own.
      return byte === 0x5c ? 'ground' : after('escape', byte);
  }
};

/** Index in `chunk` of a UTF-8 character that its end cuts off; CONTINUES when the character began in `before`. */
const unfinishedCharacter = (before: Uint8Array, chunk: Uint8Array): number => {
  for (let back = 1; back <= 3; back++) {
    const at = chunk.length - back;
    const byte = at >= 0 ? chunk[at] : before[before.length + at];
    if (byte === undefined || byte < 0x80) return chunk.length;
    if (byte < 0xc0) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (needs <= back) return chunk.length;
    return at >= 0 ? at : CONTINUES;
  }
  return chunk.length;
};
