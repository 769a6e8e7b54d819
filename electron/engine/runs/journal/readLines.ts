import { LabError } from '../../../contract/error.ts';
import { type Bodies, readLine, type Stamp } from './line.ts';

/** Raised when a record changes its meaning; a newer journal is opened for reading only. */
export const JOURNAL_VERSION = 1;

export interface ReadLines<Body> {
  /** What is understood; of a newer journal not all of it. */
  readonly records: (Body & Stamp)[];
  /** Whole lines, understood or not. */
  readonly lines: number;
  /** Bytes of them. */
  readonly kept: number;
  readonly newer: boolean;
}

/** Everything up to the torn end. Throws `journal-failed` for a line that is damaged and has a whole one behind it. */
export const readLines = <Body>(path: string, text: string, bodies: Bodies<Body>): ReadLines<Body> => {
  const records: (Body & Stamp)[] = [];
  let [lines, kept, newer] = [0, 0, false];
  let torn: number | null = null;
  // A last line without its end was never acknowledged, however whole it looks: what is appended would stand on the same line.
  const ended = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  for (const [index, line] of ended.entries()) {
    const read = readLine(line, bodies);
    if (read.kind === 'torn') {
      torn ??= index + 1;
      continue;
    }
    if (torn !== null || read.seq !== lines + 1) throw damaged(path, torn ?? index + 1);
    if (read.kind === 'record') records.push(read.record);
    newer ||= read.kind === 'newer' || isNewer(read.record);
    lines++;
    kept += Buffer.byteLength(line) + 1;
  }
  return { records, lines, kept, newer };
};

/** The first record of every journal says with which version it was written. */
const isNewer = (record: object): boolean => 'journal' in record && Number(record.journal) > JOURNAL_VERSION;

const damaged = (path: string, line: number) =>
  new LabError('journal-failed', `Line ${line} of ${path} is damaged.`, {
    hint: 'The run cannot be continued. Its file is left as it is; `patchbay destroy RUN` removes it.',
    data: { path, line },
  });
