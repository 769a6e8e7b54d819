import { m } from '../messages/messages.ts';

/** Where the focus is when a key is pressed. A terminal keeps every key except those that name it. */
export type Focus = 'terminal' | 'field' | 'page';

export interface Binding {
  readonly id: ShortcutId;
  /** As shown to the learner. */
  readonly keys: string;
  readonly title: string;
  readonly works: readonly Focus[];
  readonly matches: (press: Press) => boolean;
}

/** A pressed key, with Cmd taken for Ctrl on macOS. `code` is the key's place, `key` what it writes. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export type ShortcutId =
  | 'palette'
  | 'previous'
  | 'next'
  | 'check'
  | 'flag'
  | 'topology'
  | 'split'
  | 'terminal'
  | 'find'
  | 'larger'
  | 'smaller'
  | 'area'
  | 'search'
  | 'continue'
  | 'retry'
  | 'keys';

const everywhere: Focus[] = ['terminal', 'field', 'page'];
const outside: Focus[] = ['field', 'page'];

const plain = (it: Press) => !it.ctrl && !it.alt;
const alt = (it: Press) => it.alt && !it.ctrl && !it.shift;
const ctrl = (it: Press) => it.ctrl && !it.alt && !it.shift;
const ctrlShift = (it: Press) => it.ctrl && it.shift && !it.alt;

export const bindings: readonly Binding[] = [
  bind('check', 'Ctrl Enter', everywhere, (it) => ctrl(it) && it.key === 'Enter'),
  bind('previous', 'Alt Up', everywhere, (it) => alt(it) && it.key === 'ArrowUp'),
  bind('next', 'Alt Down', everywhere, (it) => alt(it) && it.key === 'ArrowDown'),
  bind('flag', 'Alt G', everywhere, (it) => alt(it) && it.code === 'KeyG'),
  bind('topology', 'Alt T', everywhere, (it) => alt(it) && it.code === 'KeyT'),
  bind('terminal', 'Ctrl Shift 1', everywhere, (it) => ctrlShift(it) && /^Digit[1-9]$/.test(it.code)),
  bind('split', 'Ctrl \\', outside, (it) => ctrl(it) && it.code === 'Backslash'),
  bind('split', 'Ctrl Shift \\', ['terminal'], (it) => ctrlShift(it) && it.code === 'Backslash'),
  bind('find', 'Ctrl Shift F', everywhere, (it) => ctrlShift(it) && it.code === 'KeyF'),
  bind('larger', 'Ctrl +', ['terminal'], (it) => it.ctrl && !it.alt && (it.key === '+' || it.key === '=')),
  bind('smaller', 'Ctrl -', ['terminal'], (it) => ctrl(it) && it.key === '-'),
  bind('palette', 'Ctrl K', outside, (it) => ctrl(it) && it.code === 'KeyK'),
  bind('palette', 'Ctrl Shift K', everywhere, (it) => ctrlShift(it) && it.code === 'KeyK'),
  bind('area', 'F6', everywhere, (it) => it.key === 'F6'),
  bind('search', '/', ['page'], (it) => plain(it) && it.key === '/'),
  bind('continue', 'C', ['page'], (it) => plain(it) && it.key.toLowerCase() === 'c'),
  bind('retry', 'R', ['page'], (it) => plain(it) && it.key.toLowerCase() === 'r'),
  bind('keys', '?', ['page'], (it) => plain(it) && it.key === '?'),
];

function bind(id: ShortcutId, keys: string, works: readonly Focus[], matches: (press: Press) => boolean): Binding {
  return { id, keys, title: m.keys.titles[id], works, matches };
}
