import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TerminalSize } from '../host/terminalGateway.ts';

/** A file longer than this becomes the older one of two. Bytes. */
const FILE_LIMIT = 256 * 1024;
/** Milliseconds that output may stand in memory only: a flood, and what is little. */
const LAZINESS = { flood: 250, little: 15 };
/** More than this is a flood. Bytes. */
const LITTLE = 32 * 1024;

/** Output as it was kept: bytes, and the size of the screen from there on where it changed. */
export interface KeptPiece {
  readonly size: TerminalSize | null;
  readonly bytes: Uint8Array;
}

/** What a new file begins with: the screen's size and modes at that byte. */
export interface KeptStart {
  readonly size: TerminalSize;
  readonly state: Uint8Array;
}

interface Segment {
  waiting: Uint8Array[];
  size: number;
}

/**
 * The last output of one terminal on disk, in two files that take turns, so that screen and scrollback come back after a crash.
 * The first bytes after a rest are written at once, the next a little later; of a flood only what will be kept is written at all.
 */
export class KeptOutput {
  readonly #path: string;
  readonly #start: () => KeptStart;
  /** Not written yet: the rest of the present file, then files after it. */
  #segments: Segment[] = [{ waiting: [], size: 0 }];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #removed = false;

  private constructor(path: string, start: () => KeptStart) {
    this.#path = path;
    this.#start = start;
  }

  /** What was kept under this path, oldest first, and the keeper of what comes now. `start` is asked between two `append`s. */
  static async open(path: string, start: () => KeptStart): Promise<{ kept: KeptPiece[]; output: KeptOutput }> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const older = await contentOf(olderOf(path));
    const present = await contentOf(path);
    const output = new KeptOutput(path, start);
    output.#present.size = present?.length ?? 0;
    const kept = [
      ...(older === null ? [] : pieces(older, true)),
      ...(present === null ? [] : pieces(present, older === null)),
    ];
    return { kept, output };
  }

  append(bytes: Uint8Array): void {
    if (this.#present.size === 0) this.#begin();
    this.#add(bytes);
    if (this.#present.size >= FILE_LIMIT) {
      this.#segments.push({ waiting: [], size: 0 });
      // Between the present file and the newest all others would be written only to be replaced.
      if (this.#segments.length > 3) this.#segments.splice(1, 1);
    }
    this.#timer ??= this.#flushSoon();
  }

  /** From here on the screen has this size. */
  resized({ cols, rows }: TerminalSize): void {
    if (this.#present.size > 0) this.append(Buffer.from(`\x1b[8;${rows};${cols}t`));
  }

  /** Resolves when everything so far is in the file. */
  flush(): Promise<void> {
    const segments = this.#segments;
    this.#segments = [{ waiting: [], size: this.#present.size }];
    this.#writing = this.#writing.then(() => this.#write(segments)).catch(() => undefined);
    return this.#writing;
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.flush();
  }

  async remove(): Promise<void> {
    this.#removed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#writing;
    await Promise.all([this.#path, olderOf(this.#path)].map((path) => rm(path, { force: true })));
  }

  get #present(): Segment {
    const present = this.#segments.at(-1);
    if (present === undefined) throw new Error('There is always a present segment.');
    return present;
  }

  #begin(): void {
    const { size, state } = this.#start();
    this.#add(Buffer.from(`\x1b[8;${size.rows};${size.cols}t`));
    this.#add(Buffer.from(state));
    this.#add(START_ENDS);
  }

  #add(bytes: Uint8Array): void {
    this.#present.waiting.push(bytes);
    this.#present.size += bytes.length;
  }

  /** Now, and again after a while if there is more by then. */
  #flushSoon(): NodeJS.Timeout {
    void this.flush();
    return this.#rest(LAZINESS.little);
  }

  #rest(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timer = null;
      const waiting = this.#segments.reduce(
        (sum, it) => sum + it.waiting.reduce((bytes, { length }) => bytes + length, 0),
        0,
      );
      if (waiting > LITTLE && milliseconds === LAZINESS.little) this.#timer = this.#rest(LAZINESS.flood);
      else if (waiting > 0) this.#timer = this.#flushSoon();
    }, milliseconds).unref();
  }

  async #write(segments: readonly Segment[]): Promise<void> {
    if (this.#removed) return;
    for (const [index, { waiting }] of segments.entries()) {
      if (index > 0) await rename(this.#path, olderOf(this.#path)).catch(() => undefined);
      const bytes = Buffer.concat(waiting);
      if (index > 0) await writeFile(this.#path, bytes, { mode: 0o600 });
      else if (bytes.length > 0) await appendFile(this.#path, bytes, { mode: 0o600 });
    }
  }
}

/** Ends what a file begins with; an APC string, which no screen shows. */
const START_ENDS = Buffer.from('\x1b_patchbay\x1b\\');

/** Where a terminal's output is kept in the folder of all. */
export const keptPath = (folder: string, terminal: string): string => join(folder, `${terminal}.log`);

/** Removes what was kept of terminals that are no more. */
export async function removeKeptBut(folder: string, terminals: readonly string[]): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  const gone = files.filter(
    (file) => /\.log(\.1)?$/.test(file) && !terminals.some((it) => file.startsWith(`${it}.log`)),
  );
  await Promise.all(gone.map((file) => rm(join(folder, file), { force: true })));
}

const olderOf = (path: string): string => `${path}.1`;

const contentOf = async (path: string): Promise<Buffer | null> => readFile(path).catch(() => null);

/** The start of a file says again what the file before it led to, so it is left out where that one was read. */
function pieces(content: Buffer, withStart: boolean): KeptPiece[] {
  const startEnds = content.indexOf(START_ENDS);
  const start = startEnds === -1 ? Buffer.alloc(0) : content.subarray(0, startEnds);
  const rest = startEnds === -1 ? content : content.subarray(startEnds + START_ENDS.length);
  return [...(withStart ? split(start) : []), ...split(rest)];
}

function split(bytes: Buffer): KeptPiece[] {
  const found: KeptPiece[] = [];
  let size: TerminalSize | null = null;
  let from = 0;
  // Byte by byte as Latin-1, so that indices are those of the bytes.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is a control sequence
  for (const match of bytes.toString('latin1').matchAll(/\x1b\[8;(\d{1,4});(\d{1,4})t/g)) {
    if (match.index > from) found.push({ size, bytes: bytes.subarray(from, match.index) });
    size = { rows: Math.max(1, Number(match[1])), cols: Math.max(2, Number(match[2])) };
    from = match.index + match[0].length;
  }
  found.push({ size, bytes: bytes.subarray(from) });
  return found;
}
