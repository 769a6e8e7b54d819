import { createHash } from 'node:crypto';
import { type JournalRecord, RecordBody, Stamp } from './record.ts';

/** `{"seq":1,"at":"...","type":...,"sum":"8 hex digits"}`: the sum is over everything before it, so that a half-written line cannot be read as true. */
export const writeLine = (record: JournalRecord): string => {
  const text = JSON.stringify(record);
  return `${text.slice(0, -1)},"sum":"${sumOf(text)}"}\n`;
};

export type Line =
  | { readonly kind: 'record'; readonly seq: number; readonly record: JournalRecord }
  /** Its sum is right, its content is not known here: written by a newer Patchbay. */
  | { readonly kind: 'newer'; readonly seq: number }
  | { readonly kind: 'torn' };

export const readLine = (line: string): Line => {
  const end = /,"sum":"([0-9a-f]{8})"\}$/.exec(line);
  if (!end) return { kind: 'torn' };
  const text = `${line.slice(0, end.index)}}`;
  if (sumOf(text) !== end[1]) return { kind: 'torn' };
  const value: unknown = JSON.parse(text);
  const stamp = Stamp.safeParse(value);
  if (!stamp.success) return { kind: 'torn' };
  const body = RecordBody.safeParse(value);
  const { seq } = stamp.data;
  return body.success ? { kind: 'record', seq, record: { ...stamp.data, ...body.data } } : { kind: 'newer', seq };
};

const sumOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
