import { expect, test, vi } from 'vitest';
import { terminals } from '../../electron/contract/calls.ts';
import { LabError } from '../../electron/contract/error.ts';
import { terminalChanged } from '../../electron/contract/pushes.ts';
import { Session } from '../connection/session.svelte.ts';
import { aTerminal } from '../testing/aTerminal.ts';
import { anEngine } from '../testing/openPage.ts';
import { Screen } from './screen.svelte.ts';

const view = { id: 't1', run: 'r', node: 'a', title: 'a', cols: 80, rows: 24, state: 'live' as const };

function joined(terminal: string | null = 't1') {
  const engine = anEngine();
  let channel = 20;
  engine
    .answer(terminals.attach, () => ({ terminal: view, channel: channel++ }))
    .answer(terminals.open, () => ({ terminal: view, channel: channel++ }));
  const paper = aTerminal();
  const opened = vi.fn();
  const session = new Session(engine.open, () => Promise.resolve());
  const screen = new Screen(session, { run: 'r', node: 'a', terminal }, paper.drawn, opened);
  return { engine, paper, screen, opened };
}

test('what the engine sends is drawn and then acknowledged; what is typed goes to the shell', async () => {
  const { engine, paper, screen } = joined();
  screen.focused = true;
  await vi.waitFor(() => expect(screen.state.is).toBe('live'));
  paper.seen.holdDrawing = true;
  engine.bytes(20, 'hello é');
  expect(paper.seen.text).toBe('hello é');
  expect(engine.acked).toEqual([]);
  for (const drawn of paper.seen.drawnLater) drawn();
  paper.type('ls\r');
  await vi.waitFor(() => expect(engine.acked).toEqual([{ channel: 20, bytes: 8 }]));
  expect(engine.typed).toEqual([{ channel: 20, text: 'ls\r' }]);
});

test('without the focus it draws at most ten times a second', async () => {
  const { engine, paper, screen } = joined();
  await vi.waitFor(() => expect(screen.state.is).toBe('live'));
  engine.bytes(20, 'one ');
  engine.bytes(20, 'two');
  expect(paper.seen.text).toBe('');
  await vi.waitFor(() => expect(paper.seen.text).toBe('one two'));
});

test('after a lost connection the same shell is joined again, from a clean screen', async () => {
  const { engine, paper, screen } = joined(null);
  screen.focused = true;
  await vi.waitFor(() => expect(screen.state.is).toBe('live'));
  engine.bytes(20, 'before');
  engine.drop();
  await vi.waitFor(() => expect(engine.callsOf(terminals.attach)).toEqual([{ terminal: 't1', cols: 80, rows: 24 }]));
  await vi.waitFor(() => expect(screen.state.is).toBe('live'));
  engine.bytes(21, 'kept screen');
  expect(paper.seen.text).toBe('kept screen');
  expect(engine.callsOf(terminals.open)).toHaveLength(1);
});

test('a shell that ended is said, and a new one can be opened', async () => {
  const { engine, screen } = joined();
  await vi.waitFor(() => expect(screen.state.is).toBe('live'));
  engine.push(terminalChanged, { ...view, state: 'ended' });
  expect(screen.state.is).toBe('ended');
  screen.reopen();
  await vi.waitFor(() => expect(engine.callsOf(terminals.open)).toHaveLength(1));
});

test('what keeps a shell from opening is kept for the page to show', async () => {
  const { engine, screen } = joined();
  engine.answer(terminals.attach, () => {
    throw new LabError('node-stopped', 'Node a is stopped.');
  });
  await vi.waitFor(() => expect(screen.state.is).toBe('failed'));
});

test('leaving detaches and lets the shell run', async () => {
  const { engine, paper, screen } = joined();
  await vi.waitFor(() => expect(screen.state.is).toBe('live'));
  screen.end();
  await vi.waitFor(() => expect(engine.callsOf(terminals.detach)).toEqual([{ channel: 20 }]));
  expect(paper.seen.disposed).toBe(true);
  expect(engine.callsOf(terminals.close)).toEqual([]);
});
