import { LabError } from '../../../contract/error.ts';
import { readLine } from './line.ts';
import { JOURNAL_VERSION, type JournalRecord } from './record.ts';

export interface ReadLines {
  /** What is understood; of a newer journal not all of it. */
  readonly records: JournalRecord[];
  /** Whole lines, understood or not. */
  readonly lines: number;
  /** Bytes of them. */
  readonly kept: number;
  readonly newer: boolean;
}

/** Everything up to the torn end. Throws `journal-failed` for a line that is damaged and has a whole one behind it. */
export const readLines = (path: string, text: string): ReadLines => {
  const records: JournalRecord[] = [];
  let [lines, kept, newer] = [0, 0, false];
  let torn: number | null = null;
  // A last line without its end was never acknowledged, however whole it looks: what is appended would stand on the same line.
  const ended = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  for (const [index, line] of ended.entries()) {
    const read = readLine(line);
    if (read.kind === 'torn') {
      torn ??= index + 1;
      continue;
    }
    if (torn !== null || read.seq !== lines + 1) throw damaged(path, torn ?? index + 1);
    if (read.kind === 'record') records.push(read.record);
    newer ||= read.kind === 'newer' || (read.record.type === 'created' && read.record.journal > JOURNAL_VERSION);
    lines++;
    kept += Buffer.byteLength(line) + 1;
  }
  return { records, lines, kept, newer };
};

const damaged = (path: string, line: number) =>
  new LabError('journal-failed', `Line ${line} of ${path} is damaged.`, {
    hint: 'The run cannot be continued. Its file is left as it is; `patchbay destroy RUN` removes it.',
    data: { path, line },
  });
