import { fireEvent, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { terminals } from '../../electron/contract/calls.ts';
import { anEngine, openPage } from '../testing/openPage.ts';

async function opened() {
  const engine = anEngine();
  engine.answer(terminals.rename, ({ terminal, title }) => ({
    id: terminal,
    run: engine.run.id,
    node: 'a',
    title,
    cols: 80,
    rows: 24,
    state: 'live' as const,
  }));
  openPage(engine, '#/run/routing-abcde');
  const [name] = await screen.findAllByTitle('Rename the terminal');
  await vi.waitFor(() => expect(engine.callsOf(terminals.open)).not.toEqual([]));
  return { engine, name: name as HTMLElement };
}
const field = () => screen.findByRole('textbox', { name: /^Name of / });

test('a terminal is renamed by its head; its tab bears the name', async () => {
  const { engine, name } = await opened();
  await fireEvent.click(name);
  const typed = await field();
  expect(document.activeElement).toBe(typed);
  await fireEvent.input(typed, { target: { value: ' my shell ' } });
  await fireEvent.keyDown(typed, { key: 'Enter' });
  expect(await screen.findByRole('tab', { name: /my shell/ })).toBeTruthy();
  expect(engine.callsOf(terminals.rename)).toMatchObject([{ title: 'my shell' }]);
});

test('F2 on its tab asks for a name; Esc and an empty one leave it as it was', async () => {
  const { engine } = await opened();
  const [tab] = screen.getAllByRole('tab');
  for (const [value, key] of [
    ['other', 'Escape'],
    ['  ', 'Enter'],
  ] as const) {
    await fireEvent.keyDown(tab as HTMLElement, { key: 'F2' });
    const typed = await field();
    await fireEvent.input(typed, { target: { value } });
    await fireEvent.keyDown(typed, { key });
    await vi.waitFor(() => expect(screen.queryByRole('textbox', { name: /^Name of / })).toBeNull());
  }
  expect(engine.callsOf(terminals.rename)).toEqual([]);
});
