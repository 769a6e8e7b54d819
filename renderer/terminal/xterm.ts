import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { hasGpu } from './gpu.ts';
import { colours } from './look.ts';
import { allowXtermStyles } from './xtermStyles.ts';

export interface Drawn {
  readonly term: Terminal;
  readonly fit: FitAddon;
  readonly search: SearchAddon;
}

export type DrawTerminal = (host: HTMLElement, fontSize: number) => Promise<Drawn>;

const SCROLLBACK_LINES = 10_000;
const FONT = '"JetBrains Mono", ui-monospace, "DejaVu Sans Mono", monospace';

/** An xterm inside `host`, with everything on it that every terminal of ours has. */
export const drawTerminal: DrawTerminal = async (host, fontSize) => {
  // Measured before its font is there, every column would be wrong.
  await document.fonts?.load(`${fontSize}px "JetBrains Mono"`).catch(() => []);
  const term = new Terminal({
    allowProposedApi: true,
    fontFamily: FONT,
    fontSize,
    lineHeight: 1.09,
    cursorInactiveStyle: 'outline',
    scrollback: SCROLLBACK_LINES,
    theme: colours(host),
    linkHandler: { activate: (_, address) => openLink(address) },
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  term.loadAddon(fit);
  term.loadAddon(search);
  term.loadAddon(new UnicodeGraphemesAddon());
  term.loadAddon(new WebLinksAddon((_, address) => openLink(address)));
  allowXtermStyles(document);
  term.open(host);
  drawByGpu(term);
  return { term, fit, search };
};

function openLink(address: string): void {
  if (/^https?:/.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
}

let gpu: boolean | undefined;

function drawByGpu(term: Terminal): void {
  gpu ??= hasGpu();
  if (!gpu) return;
  const addon = new WebglAddon();
  // A lost context falls back to the DOM.
  addon.onContextLoss(() => addon.dispose());
  term.loadAddon(addon);
}
