import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What every line carries beside its content: its place in the file, from 1, and when it was written (ISO). */
export const Stamp = z.object({ seq: z.int(), at: z.string() });
export type Stamp = z.infer<typeof Stamp>;

/** Of what a journal consists: a discriminated union by `type`. */
export type Bodies<Body> = z.ZodType<Body>;

/** `{"seq":1,"at":"...","type":...,"sum":"8 hex digits"}`: the sum is over everything before it, so that a half-written line cannot be read as true. */
export const writeLine = (record: Stamp & { readonly type: string }): string => {
  const text = JSON.stringify(record);
  return `${text.slice(0, -1)},"sum":"${sumOf(text)}"}\n`;
};

export type Line<Body> =
  | { readonly kind: 'record'; readonly seq: number; readonly record: Body & Stamp }
  /** Its sum is right, its content is not known here: written by a newer Patchbay. */
  | { readonly kind: 'newer'; readonly seq: number }
  | { readonly kind: 'torn' };

export const readLine = <Body>(line: string, bodies: Bodies<Body>): Line<Body> => {
  const end = /,"sum":"([0-9a-f]{8})"\}$/.exec(line);
  if (!end) return { kind: 'torn' };
  const text = `${line.slice(0, end.index)}}`;
  if (sumOf(text) !== end[1]) return { kind: 'torn' };
  const value: unknown = JSON.parse(text);
  const stamp = Stamp.safeParse(value);
  if (!stamp.success) return { kind: 'torn' };
  const body = bodies.safeParse(value);
  const { seq } = stamp.data;
  return body.success ? { kind: 'record', seq, record: { ...stamp.data, ...body.data } } : { kind: 'newer', seq };
};

const sumOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
