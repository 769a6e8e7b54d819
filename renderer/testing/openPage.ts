import { render } from '@testing-library/svelte';
import { catalog, docker, runs, terminals } from '../../electron/contract/calls.ts';
import type { RunView } from '../../electron/contract/models/run.ts';
import App from '../app/App.svelte';
import { Desk } from '../app/desk.ts';
import './cleanBrowser.ts';
// The page loads it when it is wanted; here that would be time in the middle of a test.
import '../lab/RunPage.svelte';
import { aTerminal } from './aTerminal.ts';
import { FakeEngine } from './fakeEngine.ts';
import { aLab, aRun, aStatus } from './samples.ts';

/** An engine with one lab and, where given, one run that every call about runs answers with. */
export function anEngine(run: RunView = aRun()): FakeEngine & { run: RunView } {
  const engine = Object.assign(new FakeEngine(), { run });
  engine
    .answer(docker.status, () => aStatus())
    .answer(catalog.labs, () => ({ labs: [aLab()] }))
    .answer(runs.list, () => ({ runs: [] }))
    .answer(runs.get, () => engine.run)
    .answer(runs.open, () => engine.run)
    .answer(terminals.list, () => ({ terminals: [] }))
    .answer(terminals.detach, () => ({}))
    .answer(terminals.resize, () => ({}))
    .answer(terminals.open, ({ node, cols, rows }) => ({
      terminal: {
        id: `t-${node}`,
        run: engine.run.id,
        node,
        title: node ?? 'shell',
        cols,
        rows,
        state: 'live' as const,
      },
      channel: 16,
    }))
    .answer(terminals.attach, ({ terminal, cols, rows }) => ({
      terminal: { id: terminal, run: engine.run.id, node: 'a', title: 'a', cols, rows, state: 'live' as const },
      channel: 17,
    }));
  return engine;
}

/** The whole page on an engine, at an address such as `#/run/routing-abcde`. */
export function openPage(engine: FakeEngine, address = '#/'): Desk {
  location.hash = address;
  const desk = new Desk(engine.open, async () => aTerminal().drawn);
  render(App, { desk });
  return desk;
}
