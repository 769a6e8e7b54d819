const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;

/** Part of a stream of chunks, as offsets from its beginning. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Text that only moves on: letters, tabs, ends of lines. No control of any other kind, nor the lead byte of those that UTF-8 hides in two
 * bytes (U+0080 to U+009F).
 */
const isPlain = (byte: number): boolean =>
  (byte >= 0x20 && byte !== 0x7f && byte !== 0xc2) || byte === LF || byte === CR || byte === TAB;

/**
 * The whole lines of plain text at the stream's end that have so many more plain lines after them; null when there are none. It begins and
 * ends behind a CR LF, where every screen's cursor is in the first column.
 */
export function linesBefore(chunks: readonly Uint8Array[], lines: number): Span | null {
  let start = chunks.reduce((sum, { length }) => sum + length, 0);
  let seen = 0;
  let to: number | null = null;
  let from = start;
  let later = 0;
  for (const chunk of [...chunks].reverse()) {
    start -= chunk.length;
    for (let at = chunk.length - 1; at >= 0; at--) {
      const byte = chunk[at] ?? 0;
      if (!isPlain(byte)) return span(from, to);
      if (byte === LF) seen++;
      else if (byte === CR && later === LF) {
        if (seen > lines) to ??= start + at + 2;
        from = start + at + 2;
      }
      later = byte;
    }
  }
  return span(from, to);
}

const span = (from: number, to: number | null): Span | null => (to !== null && from < to ? { from, to } : null);
