import { type FileHandle, mkdir, open, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../../contract/error.ts';
import { readLine, writeLine } from './line.ts';
import { JOURNAL_VERSION, type JournalRecord, type RecordBody } from './record.ts';

/** A run that writes more than this has gone wrong. Bytes. */
const SIZE_LIMIT = 64 * 1024 * 1024;

export interface OpenedJournal {
  readonly records: JournalRecord[];
  readonly journal: Journal;
}

/**
 * The append-only file of one run. `append` resolves when the line is on the disk: only then is anything acknowledged to a learner.
 * Appends are written in the order of their calls; those that come while one is being synced share the next sync.
 */
export class Journal {
  readonly #file: FileHandle;
  readonly #readOnly: string | null;
  #seq: number;
  #size: number;
  #queue: { line: string; resolve: () => void; reject: (error: LabError) => void }[] = [];
  #writing: Promise<void> | null = null;
  #broken: LabError | null = null;

  private constructor(file: FileHandle, seq: number, size: number, readOnly: string | null) {
    this.#file = file;
    this.#seq = seq;
    this.#size = size;
    this.#readOnly = readOnly;
  }

  /** A torn last line is dropped; a torn line in the middle is damage and refuses the rest with `journal-failed`. */
  static async open(folder: string): Promise<OpenedJournal> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, 'journal.ndjson');
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw failure(path, error);
    });
    const { records, kept, newer } = readAll(path, text);
    if (kept < Buffer.byteLength(text) && !newer) await truncate(path, kept);
    const file = await open(path, 'a', 0o600);
    const version = records[0]?.type === 'created' ? records[0].journal : JOURNAL_VERSION;
    const readOnly = newer || version > JOURNAL_VERSION ? `${path} was written by a newer Patchbay` : null;
    return { records, journal: new Journal(file, records.length, kept, readOnly) };
  }

  static remove(folder: string): Promise<void> {
    return rm(folder, { recursive: true, force: true });
  }

  append(body: RecordBody): Promise<JournalRecord> {
    if (this.#readOnly) {
      return Promise.reject(
        new LabError('journal-failed', `${this.#readOnly}; it is opened for reading only.`, {
          hint: 'Update Patchbay to go on with this run.',
        }),
      );
    }
    if (this.#broken) return Promise.reject(this.#broken);
    const record: JournalRecord = { seq: this.#seq + 1, at: new Date().toISOString(), ...body };
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
    await this.#file.close();
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0);
      try {
        await this.#file.appendFile(batch.map((entry) => entry.line).join(''));
        await this.#file.datasync();
        for (const entry of batch) entry.resolve();
      } catch (error) {
        // Half a line may be there: nothing more is written behind it, and the next start drops it.
        this.#broken = failure('the journal', error);
        for (const entry of [...batch, ...this.#queue.splice(0)]) entry.reject(this.#broken);
      }
    }
  }
}

const readAll = (path: string, text: string): { records: JournalRecord[]; kept: number; newer: boolean } => {
  const records: JournalRecord[] = [];
  const lines = text.split('\n');
  let kept = 0;
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const read = readLine(line);
    const last = index >= lines.length - 2;
    if (read.kind === 'newer') return { records, kept, newer: true };
    if (read.kind === 'torn' || read.record.seq !== records.length + 1) {
      if (last) break;
      throw new LabError('journal-failed', `Line ${index + 1} of ${path} is damaged.`, {
        hint: 'The run cannot be continued. Its file is left as it is; remove the folder to remove the run.',
        data: { path, line: index + 1 },
      });
    }
    records.push(read.record);
    kept += Buffer.byteLength(line) + 1;
  }
  return { records, kept, newer: false };
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
