import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { anEngine, openPage } from '../testing/openPage.ts';
import { match } from './match.ts';

const open = async (address = '#/run/routing-abcde') => {
  openPage(anEngine(), address);
  await screen.findByRole(address === '#/' ? 'listbox' : 'heading', {
    name: address === '#/' ? 'Labs' : /^Address of/,
  });
  await fireEvent.keyDown(document.body, { key: 'k', code: 'KeyK', ctrlKey: true });
  return screen.findByRole('combobox');
};

test('Ctrl K finds commands, questions and labs by their letters', async () => {
  const field = await open();
  await fireEvent.input(field, { target: { value: 'new ter' } });
  const list = screen.getByRole('listbox', { name: 'Results' });
  expect(within(list).getAllByRole('option')[0]?.textContent).toContain('New terminal on a');
  await fireEvent.input(field, { target: { value: '#router on' } });
  expect(
    within(list)
      .getAllByRole('option')
      .map((it) => it.textContent),
  ).toEqual([expect.stringContaining('The router on the right')]);
});

test('Enter runs the chosen line and the layer closes', async () => {
  const field = await open();
  await fireEvent.input(field, { target: { value: '#router' } });
  await fireEvent.keyDown(field, { key: 'Enter' });
  expect(await screen.findByText('Question 2 of 4')).toBeTruthy();
  expect(screen.queryByRole('combobox') === null).toBe(true);
});

test('arrows go round the list', async () => {
  const field = await open('#/');
  await fireEvent.keyDown(field, { key: 'ArrowUp' });
  const options = within(screen.getByRole('listbox', { name: 'Results' })).getAllByRole('option');
  await vi.waitFor(() => expect(options.at(-1)?.getAttribute('aria-selected')).toBe('true'));
});

test('? shows all keys', async () => {
  openPage(anEngine());
  await fireEvent.keyDown(document.body, { key: '?' });
  expect(await screen.findByRole('heading', { name: 'All keys' })).toBeTruthy();
});

test('a match prefers a word that begins with the letters', () => {
  expect([...(match('te', 'Default gateway, new terminal')?.at ?? [])]).toEqual([21, 22]);
  expect([...(match('nt', 'New terminal')?.at ?? [])]).toEqual([0, 4]);
  expect(match('xyz', 'New terminal')).toBeNull();
});
