// Above all others: see there.
import './unpooledBuffers.ts';

import * as serializing from '@xterm/addon-serialize';
import * as graphemes from '@xterm/addon-unicode-graphemes';
import type { ITerminalAddon, ITerminalOptions, Terminal as Screen } from '@xterm/headless';
import * as headless from '@xterm/headless';
import { usualPoolSize } from './unpooledBuffers.ts';

Buffer.poolSize = usualPoolSize;

/**
 * xterm's packages are CommonJS whose names Node cannot see from outside, so they stand under `default` there; a bundler shows them directly.
 */
const named = <Module extends object>(module: Module): Module =>
  'default' in module && typeof module.default === 'object' && module.default !== null
    ? ({ ...module, ...module.default } as Module)
    : module;

const { Terminal } = named(headless);
const { SerializeAddon } = named(serializing);
const { UnicodeGraphemesAddon } = named(graphemes);

/** A screen without a page, as wide as the page's own: the same table of character widths. `serialize` writes it as control sequences. */
export const openScreen = (options: ITerminalOptions): { screen: Screen; serialize: () => string } => {
  const screen = new Terminal({ ...options, allowProposedApi: true });
  const serializer = new SerializeAddon();
  // The add-ons are typed for the terminal in a page; what they use of it the headless one has too.
  screen.loadAddon(serializer as unknown as ITerminalAddon);
  screen.loadAddon(new UnicodeGraphemesAddon() as unknown as ITerminalAddon);
  return { screen, serialize: () => serializer.serialize({ excludeModes: true }) };
};
