import { terminals } from '../../electron/contract/calls.ts';
import type { NodeView } from '../../electron/contract/models/run.ts';
import type { TerminalView } from '../../electron/contract/models/terminal.ts';
import { Kept } from '../app/kept.ts';
import type { Session } from '../connection/session.svelte.ts';
import { firstLayout, Layout, newPane, newTab, type Pane, reconcile, type Tab } from './layout.ts';

const isLayout = (value: unknown): value is Layout => Layout.safeParse(value).success;

/** The terminals of one run: tabs, splits and which one is in front. Kept per run, so that a reload finds them again. */
export class Bench {
  readonly run: string;
  readonly #session: Session;
  readonly #kept: Kept<Layout | null>;
  layout = $state<Layout>({ tabs: [], active: null });
  ready = $state(false);
  /** The pane with the keyboard, or that had it last. */
  focused = $state<string | null>(null);
  /** The pane whose name is being typed over. */
  renaming = $state<string | null>(null);
  readonly active = $derived(this.layout.tabs.find((it) => it.key === this.layout.active));
  readonly activePane = $derived(this.active?.panes.find((it) => it.key === this.focused) ?? this.active?.panes[0]);

  constructor(session: Session, run: string) {
    this.run = run;
    this.#session = session;
    this.#kept = new Kept<Layout | null>(`terminals.${run}`, null, (it): it is Layout => isLayout(it));
  }

  /** Finds the shells that live already, and lays the terminals out as they were. */
  async open(nodes: readonly NodeView[]): Promise<void> {
    const order = [...nodes].sort((a, b) => Number(a.kind === 'switch') - Number(b.kind === 'switch'));
    const before = this.#kept.read() ?? firstLayout(order.map((it) => it.name));
    const { terminals: live } = await this.#session.call(terminals.list, { run: this.run });
    this.layout = reconcile(before, live);
    this.ready = true;
    this.#keep();
  }

  /** A new tab in front; its shell is opened when it is drawn. */
  add(node: string | null, title: string): void {
    const tab = newTab(newPane(node, title));
    this.layout.tabs.push(tab);
    this.show(tab.key);
  }

  show(tab: string): void {
    this.layout.active = tab;
    this.focused = this.active?.panes[0]?.key ?? null;
    this.#keep();
  }

  /** A tab in front whose terminal does not take the keyboard: who goes along the tabs wants to get past it. */
  pass(tab: string): void {
    this.layout.active = tab;
    this.focused = null;
    this.#keep();
  }

  /** Turns two panes; a tab with one pane gets a second shell on the same node beside it. */
  split(): void {
    const tab = this.active;
    const pane = tab?.panes[0];
    if (!tab || !pane) return;
    tab.split = tab.split === 'stacked' ? 'beside' : 'stacked';
    if (tab.panes.length === 1) tab.panes.push(newPane(pane.node, pane.node ?? pane.title));
    this.#keep();
  }

  /** A terminal that was never opened has no name of its own yet. */
  askName(pane: Pane | undefined = this.activePane): void {
    if (pane?.terminal) this.renaming = pane.key;
  }

  /** What was typed, or null for the name that it had. */
  async name(pane: Pane, title: string | null): Promise<void> {
    if (this.renaming === pane.key) this.renaming = null;
    if (title === null || pane.terminal === null) return;
    this.opened(pane, await this.#session.call(terminals.rename, { terminal: pane.terminal, title }));
  }

  opened(pane: Pane, view: TerminalView): void {
    pane.terminal = view.id;
    pane.title = view.title;
    this.#keep();
  }

  /** Ends the shells of a tab, as closing a window does. */
  closeTab(tab: Tab): void {
    const at = this.layout.tabs.indexOf(tab);
    for (const pane of tab.panes) this.#end(pane);
    this.layout.tabs = this.layout.tabs.filter((it) => it.key !== tab.key);
    const next = this.layout.tabs[Math.min(Math.max(at, 0), this.layout.tabs.length - 1)];
    if (this.layout.active === tab.key) this.layout.active = next?.key ?? null;
    this.#keep();
  }

  closePane(tab: Tab, pane: Pane): void {
    if (tab.panes.length === 1) return this.closeTab(tab);
    this.#end(pane);
    tab.panes = tab.panes.filter((it) => it.key !== pane.key);
    this.#keep();
  }

  #end(pane: Pane): void {
    // A shell that is gone already needs no end.
    if (pane.terminal) this.#session.call(terminals.close, { terminal: pane.terminal }).catch(() => {});
  }

  #keep(): void {
    this.#kept.write($state.snapshot(this.layout));
  }
}
