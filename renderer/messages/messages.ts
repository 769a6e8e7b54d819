import { en } from './en.ts';

/** Every text of the page. Another language is another file with this shape, chosen here. */
export type Messages = typeof en;
export const m: Messages = en;
