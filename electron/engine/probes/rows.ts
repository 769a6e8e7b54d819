import type { Row } from './probe.ts';

/** The field of every probe that lists things: how many there are. */
export const countField = { count: { type: 'count', about: 'How many such rows there are' } } as const;

/** Puts the number of rows into each of them, so that a lab can ask how many there are. */
export const counted = (rows: readonly Row[]): Row[] => rows.map((row) => ({ ...row, count: rows.length }));
