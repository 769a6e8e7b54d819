import { type FileHandle, mkdir, open, readFile, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LabError } from '../../../contract/error.ts';
import { type Bodies, type Stamp, writeLine } from './line.ts';
import { readLines } from './readLines.ts';

/** What writes more than this has gone wrong. Bytes. */
const SIZE_LIMIT = 64 * 1024 * 1024;

export interface OpenedJournal<Body extends { readonly type: string }> {
  readonly records: (Body & Stamp)[];
  readonly journal: Journal<Body>;
}

/**
 * The append-only file of one run, or of one exam. `append` resolves when the line is on the disk: only then is anything acknowledged to a learner.
 * Appends are written in the order of their calls; those that come while one is being synced share the next sync.
 */
export class Journal<Body extends { readonly type: string }> {
  readonly #file: FileHandle;
  /** Settles when the file's name is on the disk, or cannot be. */
  readonly #named: Promise<void>;
  /** Why nothing may be written, or null. */
  readonly readOnly: LabError | null;
  #seq: number;
  #size: number;
  #queue: { line: string; resolve: () => void; reject: (error: LabError) => void }[] = [];
  #writing: Promise<void> | null = null;
  #broken: LabError | null = null;

  private constructor(file: FileHandle, named: Promise<void>, seq: number, size: number, readOnly: LabError | null) {
    this.#file = file;
    this.#named = named;
    this.#seq = seq;
    this.#size = size;
    this.readOnly = readOnly;
  }

  /**
   * A torn end is dropped: it was never acknowledged. A damaged line with a good one behind it is damage, and rejects with `journal-failed`. What a newer
   * Patchbay has written is read as far as it is understood, and never written to.
   */
  static async open<Body extends { readonly type: string }>(
    folder: string,
    bodies: Bodies<Body>,
  ): Promise<OpenedJournal<Body>> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, 'journal.ndjson');
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw failure(path, error);
    });
    const read = readLines(path, text, bodies);
    if (read.kept < Buffer.byteLength(text) && !read.newer) await truncate(path, read.kept);
    const file = await open(path, 'a', 0o600);
    // A file whose name is not on the disk is lost with all that was synced into it: the first line waits for both.
    const named = text === '' ? syncFolders(folder) : Promise.resolve();
    const newer = read.newer
      ? new LabError('journal-failed', `${path} was written by a newer Patchbay; it is opened for reading only.`, {
          hint: 'Update Patchbay to go on with this run.',
        })
      : null;
    return { records: read.records, journal: new Journal<Body>(file, named, read.lines, read.kept, newer) };
  }

  static remove(folder: string): Promise<void> {
    return rm(folder, { recursive: true, force: true });
  }

  append(body: Body): Promise<Body & Stamp> {
    if (this.readOnly) return Promise.reject(this.readOnly);
    if (this.#broken) return Promise.reject(this.#broken);
    const record = { seq: this.#seq + 1, at: new Date().toISOString(), ...body };
    const line = writeLine(record);
    if (this.#size + line.length > SIZE_LIMIT) {
      return Promise.reject(
        new LabError('limit', 'This run has written more than 64 MiB of history.', {
          hint: 'Finish it and start a new one.',
        }),
      );
    }
    this.#seq++;
    this.#size += line.length;
    return new Promise((resolve, reject) => {
      this.#queue.push({ line, resolve: () => resolve(record), reject });
      this.#writing ??= this.#write().finally(() => {
        this.#writing = null;
      });
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#named;
    await this.#file.close();
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0);
      try {
        await this.#file.appendFile(batch.map((entry) => entry.line).join(''));
        await Promise.all([this.#file.datasync(), this.#named]);
        for (const entry of batch) entry.resolve();
      } catch (error) {
        // Half a line may be there: nothing more is written behind it, and the next start drops it.
        this.#broken = failure('the journal', error);
        for (const entry of [...batch, ...this.#queue.splice(0)]) entry.reject(this.#broken);
      }
    }
  }
}

/** Folder and parent, so that a new journal's name outlives a loss of power. Where folders cannot be synced (Windows) nothing is lost by it. */
const syncFolders = async (folder: string): Promise<void> => {
  await Promise.all(
    [folder, dirname(folder)].map(async (each) => {
      const handle = await open(each, 'r').catch(() => null);
      await handle?.sync().catch(() => undefined);
      await handle?.close();
    }),
  );
};

const failure = (path: string, error: unknown): LabError => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new LabError(
      'disk-full',
      'The disk is full: what you did last could not be written down and does not count.',
      {
        hint: 'Make room, then start Patchbay again; everything before is safe.',
        cause: error,
      },
    );
  }
  return new LabError('journal-failed', `Cannot write ${path}: ${message}`, {
    hint: 'Check the folder and its permissions.',
    cause: error,
  });
};
