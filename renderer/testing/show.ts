// The page on a fake engine, to look at: `npx vite renderer`, then /testing/show.html?state=lab. Never part of the build.
import { mount } from 'svelte';
import { catalog, docker, runs, terminals } from '../../electron/contract/calls.ts';
import App from '../app/App.svelte';
import { Desk } from '../app/desk.ts';
import '../theme/base.css';
import '../theme/fonts.css';
import '../theme/tokens.css';
import { FakeEngine } from './fakeEngine.ts';
import { shownLabs, shownRun, shownScreens, shownStatus, shownSummary } from './shown.ts';

const state = new URLSearchParams(location.search).get('state') ?? 'catalog';
const run = shownRun(state);
const engine = new FakeEngine()
  .answer(docker.status, () => shownStatus(state))
  .answer(catalog.labs, () => ({ labs: shownLabs }))
  .answer(runs.list, () => ({ runs: [shownSummary] }))
  .answer(runs.get, () => run)
  .answer(runs.open, () => run)
  .answer(terminals.list, () => ({ terminals: [] }))
  .answer(terminals.resize, () => ({}))
  .answer(terminals.open, ({ node, cols, rows }) => {
    const channel = 16 + run.nodes.findIndex((it) => it.name === node);
    setTimeout(() => engine.bytes(channel, shownScreens[node ?? ''] ?? ''), 50);
    const terminal = { id: `t-${node}`, run: run.id, node, title: node ?? '', cols, rows, state: 'live' as const };
    return { terminal, channel };
  });

if (state !== 'catalog' && state !== 'setup') location.hash = `#/run/${run.id}`;
const target = document.getElementById('app');
if (target) mount(App, { target, props: { desk: new Desk(engine.open) } });
