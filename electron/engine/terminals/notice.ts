/**
 * Undoes what a program that did not end well leaves on a screen: a half sequence, a hidden cursor, a scroll region, colours, mouse reports,
 * bracketed paste; and the alternate screen, which is left only from within, because leaving it moves the cursor.
 */
export const resetScreen = (alternate: boolean): string =>
  `\x18${alternate ? '\x1b[?1049l' : ''}\x1b[!p\x1b[?9;1000;1002;1003;1004;1005;1006;1015;1016;2004l\x1b[?1l\x1b>\x1b[0 q`;

/** A line of ours between a program's: dim, on a line of its own. */
export const notice = (text: string): string => `\r\n\x1b[2m\u2014 ${text} \u2014\x1b[0m\r\n`;
