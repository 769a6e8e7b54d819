import type { Drawn } from '../terminal/xterm.ts';

/** A terminal that draws nothing and remembers what it was told; jsdom cannot lay out a real one. */
export function aTerminal(cols = 80, rows = 24) {
  const decoder = new TextDecoder();
  const seen = { text: '', resets: 0, disposed: false, drawnLater: [] as (() => void)[], holdDrawing: false };
  let type: (text: string) => void = () => {};
  const none = { dispose: () => {} };
  const term = {
    cols,
    rows,
    options: {},
    onData: (listener: (text: string) => void) => {
      type = listener;
      return none;
    },
    onBinary: () => none,
    onResize: () => none,
    attachCustomKeyEventHandler: () => {},
    write: (bytes: Uint8Array, drawn: () => void) => {
      seen.text += decoder.decode(bytes);
      if (seen.holdDrawing) seen.drawnLater.push(drawn);
      else drawn();
    },
    reset: () => {
      seen.resets++;
      seen.text = '';
    },
    resize: () => {},
    focus: () => {},
    dispose: () => {
      seen.disposed = true;
    },
  };
  const fit = { proposeDimensions: () => ({ cols, rows }) };
  // Only what Screen and the pane use of the real ones.
  const drawn = { term, fit, search: {} } as unknown as Drawn;
  return { drawn, seen, type: (text: string) => type(text) };
}
