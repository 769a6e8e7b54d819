import Columns2 from '@lucide/svelte/icons/columns-2';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import Search from '@lucide/svelte/icons/search';
import SquareTerminal from '@lucide/svelte/icons/square-terminal';
import ZoomIn from '@lucide/svelte/icons/zoom-in';
import ZoomOut from '@lucide/svelte/icons/zoom-out';
import type { RunView } from '../../electron/contract/models/run.ts';
import { m } from '../messages/messages.ts';
import type { Command } from '../palette/commands.svelte.ts';
import type { Bench } from './bench.svelte.ts';
import { fontSize } from './fontSize.svelte.ts';

/** The palette's lines about terminals. */
export function terminalCommands(
  bench: Bench,
  view: RunView,
  hostShell: boolean,
  add: (node: string | null) => void,
  find: () => void,
): Command[] {
  const line = (id: string, title: string, icon: typeof Search, run: () => void, keys?: string): Command => ({
    id: `terminal ${id}`,
    group: 'terminals',
    title,
    sign: { icon },
    ...(keys ? { keys } : {}),
    run,
  });
  const nodes = view.nodes.map(({ name }, at) =>
    line(
      `on ${name}`,
      m.terminal.newOn(name),
      SquareTerminal,
      () => add(name),
      at < 9 ? `Ctrl Shift ${at + 1}` : undefined,
    ),
  );
  const host = hostShell ? [line('host', m.terminal.newOnHost, SquareTerminal, () => add(null))] : [];
  const turn = bench.active?.split === 'beside' ? m.terminal.splitStacked : m.terminal.splitSide;
  return [
    ...nodes,
    ...host,
    line('split', turn, Columns2, () => bench.split(), 'Ctrl \\'),
    line('rename', m.terminal.rename, PencilLine, () => bench.askName(), 'F2'),
    line('find', m.terminal.findIn, Search, find, 'Ctrl Shift F'),
    line('larger', m.terminal.larger, ZoomIn, () => fontSize.change(1), 'Ctrl +'),
    line('smaller', m.terminal.smaller, ZoomOut, () => fontSize.change(-1), 'Ctrl -'),
  ];
}
