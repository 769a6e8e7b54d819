import { fireEvent, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { runs, terminals } from '../../electron/contract/calls.ts';
import { runChanged } from '../../electron/contract/pushes.ts';
import { FakeEngine } from '../testing/fakeEngine.ts';
import { anEngine, openPage } from '../testing/openPage.ts';
import { anAnswer, aRun } from '../testing/samples.ts';
import { Session } from './session.svelte.ts';
import { socketAddress } from './webSocketTransport.ts';

const soon = () => Promise.resolve();

test('a call in flight is sent again with the same attempt id after the connection is lost', async () => {
  const engine = new FakeEngine();
  const attempts: string[] = [];
  engine.answer(runs.start, ({ attempt }) => {
    attempts.push(attempt);
    if (attempts.length === 1) engine.drop();
    return aRun();
  });
  const session = new Session(engine.open, soon);
  await session.call(runs.start, { lab: 'routing', attempt: 'same' });
  expect(attempts).toEqual(['same', 'same']);
});

test('a hint and a reset are asked for again as the same attempt', async () => {
  const engine = anEngine();
  const attempts: string[] = [];
  for (const token of [runs.hint, runs.reset])
    engine.answer(token, ({ attempt }) => {
      attempts.push(attempt);
      if (attempts.length % 2 === 1) engine.drop();
      return aRun();
    });
  openPage(engine, '#/run/routing-abcde');
  await fireEvent.click(await screen.findByRole('button', { name: 'Hint' }));
  await vi.waitFor(() => expect(attempts).toHaveLength(2));
  for (let press = 0; press < 2; press++) await fireEvent.click(await screen.findByRole('button', { name: /Reset/ }));
  await vi.waitFor(() => expect(attempts).toHaveLength(4));
  expect(attempts[1]).toBe(attempts[0]);
  expect(attempts[3]).toBe(attempts[2]);
  expect(attempts[2]).not.toBe(attempts[0]);
});

test('it keeps trying while nobody answers, and pushes go on afterwards', async () => {
  const engine = new FakeEngine();
  const session = new Session(engine.open, () => new Promise((resolve) => setTimeout(resolve, 5)));
  const heard = vi.fn();
  session.on(runChanged, heard);
  await vi.waitFor(() => expect(session.state).toBe('open'));
  engine.up = false;
  engine.drop();
  expect(session.state).toBe('lost');
  engine.up = true;
  await vi.waitFor(() => expect(session.state).toBe('open'));
  engine.push(runChanged, aRun());
  expect(heard).toHaveBeenCalledTimes(1);
});

test('after a lost engine the page reads its state anew', async () => {
  const engine = anEngine();
  openPage(engine, '#/run/routing-abcde');
  const field = await screen.findByRole('textbox', { name: 'MAC address' });
  await fireEvent.input(field, { target: { value: 'aa:bb' } });
  engine.run = aRun({ questions: [anAnswer({ state: 'pass', given: 'x', attempts: 1 })] });
  engine.drop();
  expect(await screen.findByText('Question 1 of 1')).toBeTruthy();
  // What was being typed is still there.
  expect((screen.getByRole('textbox', { name: 'MAC address' }) as HTMLInputElement).value).toBe('aa:bb');
  expect(engine.callsOf(terminals.list).length).toBeGreaterThan(0);
});

test('the socket is where the page is', () => {
  expect(socketAddress({ protocol: 'http:', host: '127.0.0.1:7717' })).toBe('ws://127.0.0.1:7717/socket');
  expect(socketAddress({ protocol: 'https:', host: 'lab.test' })).toBe('wss://lab.test/socket');
});
