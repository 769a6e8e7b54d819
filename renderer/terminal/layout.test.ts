import { expect, test } from 'vitest';
import type { TerminalView } from '../../electron/contract/models/terminal.ts';
import { firstLayout, reconcile } from './layout.ts';

const live = (id: string, node: string): TerminalView => ({
  id,
  run: 'r',
  node,
  title: id,
  cols: 80,
  rows: 24,
  state: 'live',
});

test('two nodes share the first tab, the others have their own', () => {
  const { tabs, active } = firstLayout(['a', 'b', 'router']);
  expect(tabs.map((tab) => tab.panes.map((it) => it.node))).toEqual([['a', 'b'], ['router']]);
  expect(active).toBe(tabs[0]?.key);
});

test('after a reload each pane has its own shell again, and a shell without a pane gets a tab', () => {
  const first = reconcile(firstLayout(['a', 'b']), [live('t1', 'a'), live('t2', 'b')]);
  const again = reconcile(first, [live('t9', 'a'), live('t2', 'b'), live('t1', 'a')]);
  expect(again.tabs.map((tab) => tab.panes.map((it) => it.terminal))).toEqual([['t1', 't2'], ['t9']]);
});

test('a shell that is gone is told of', () => {
  const first = reconcile(firstLayout(['a']), [live('t1', 'a')]);
  expect(reconcile(first, []).tabs[0]?.panes[0]).toMatchObject({ terminal: null, lost: true });
});
