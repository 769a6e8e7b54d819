import { z } from 'zod';
import type { TerminalView } from '../../electron/contract/models/terminal.ts';

/** A place for one shell. `terminal` is null until its shell was opened; `node` is null for the learner's own machine. */
export const Pane = z.object({
  key: z.string(),
  node: z.string().nullable(),
  terminal: z.string().nullable(),
  title: z.string(),
  /** The shell that was here is gone; the learner is told when the next one opens. */
  lost: z.boolean().default(false),
});
export type Pane = z.infer<typeof Pane>;

export const Tab = z.object({
  key: z.string(),
  panes: z.array(Pane).min(1),
  split: z.enum(['stacked', 'beside']),
});
export type Tab = z.infer<typeof Tab>;

/** How the terminals of a run lie on the page. */
export const Layout = z.object({ tabs: z.array(Tab), active: z.string().nullable() });
export type Layout = z.infer<typeof Layout>;

let keys = 0;
const newKey = (): string => `${Date.now().toString(36)}-${keys++}`;

export const newPane = (node: string | null, title: string, terminal: string | null = null): Pane => ({
  key: newKey(),
  node,
  terminal,
  title,
  lost: false,
});
export const newTab = (...panes: Pane[]): Tab => ({ key: newKey(), panes, split: 'stacked' });

/** Two nodes in the first tab, one above the other, and a tab for each further one. */
export function firstLayout(nodes: readonly string[]): Layout {
  const panes = nodes.map((node) => newPane(node, node));
  const tabs = panes.length ? [newTab(...panes.slice(0, 2)), ...panes.slice(2).map((pane) => newTab(pane))] : [];
  return { tabs, active: tabs[0]?.key ?? null };
}

/** A kept layout after a reload: panes keep the shells that still live, and a living shell without a pane gets a tab. */
export function reconcile(layout: Layout, live: readonly TerminalView[]): Layout {
  const free = new Map(live.filter((it) => it.state === 'live').map((it) => [it.id, it]));
  const take = (pane: Pane): TerminalView | undefined => {
    const own =
      pane.terminal === null ? [...free.values()].find((it) => it.node === pane.node) : free.get(pane.terminal);
    if (own) free.delete(own.id);
    return own;
  };
  // Shells that are named by a pane first, so that none of them is given to a pane that only asks for its node.
  const named = new Map<string, TerminalView>();
  const panes = layout.tabs.flatMap((tab) => tab.panes);
  for (const pane of [...panes.filter((it) => it.terminal), ...panes.filter((it) => !it.terminal)]) {
    const own = take(pane);
    if (own) named.set(pane.key, own);
  }
  const tabs = layout.tabs.map((tab) => ({
    ...tab,
    panes: tab.panes.map((pane) => {
      const own = named.get(pane.key);
      if (own) return { ...pane, terminal: own.id, title: own.title, lost: false };
      return { ...pane, terminal: null, lost: pane.terminal !== null };
    }),
  }));
  for (const it of free.values()) tabs.push(newTab(newPane(it.node, it.title, it.id)));
  const active = tabs.some((it) => it.key === layout.active) ? layout.active : (tabs[0]?.key ?? null);
  return { tabs, active };
}
