import { expect, test } from './support/fixtures.ts';
import { LabPage } from './support/labPage.ts';
import { screenOf } from './support/terminal.ts';

test('a lab without a mouse: search, start, answer, terminal, hint, palette, catalog', async ({ open }) => {
  const page = await open();
  const keys = page.keyboard;
  await expect(page.locator('[data-lab="switching"]')).toBeVisible();

  await keys.press('/');
  await keys.type('switch');
  await expect(page.locator('[data-lab="routing"]')).toHaveCount(0);
  await keys.press('Enter');
  const lab = await LabPage.shown(page);
  const { run } = lab;

  await test.step('read, next, answer wrongly, with the field ready to be typed over', async () => {
    await keys.press('Control+Enter');
    await expect.poll(async () => (await lab.states())[0]).toBe('passed');
    await keys.press('Alt+ArrowDown');
    await expect(lab.question.getByRole('heading', { name: 'The address of a card' })).toBeVisible();
    await lab.question.getByRole('textbox').focus();
    await keys.type('02:00:00:00:00:01\n');
    await lab.expectVerdict('fail');
    await keys.type('ff:ff:ff:ff:ff:ff');
    await expect(lab.question.getByRole('textbox')).toHaveValue('ff:ff:ff:ff:ff:ff');
  });

  await test.step('a terminal takes the keys; F6 leaves it', async () => {
    await keys.press('Control+Shift+Digit3');
    await expect(page.getByRole('tab', { name: /^ash/ }).last()).toHaveAttribute('aria-selected', 'true');
    await expect.poll(() => screenOf(page, 'ash')).toMatch(/[#$] ?/);
    await keys.type('echo $((40+2)) from ash\n');
    await expect.poll(() => screenOf(page, 'ash')).toContain('42 from ash');
    // What belongs to the shell: it would close a tab of the browser's window, or reload the page.
    await keys.type('nothing');
    await keys.press('Control+u');
    await keys.press('Control+r');
    await expect.poll(() => screenOf(page, 'ash')).toContain('reverse-i-search');
    await keys.press('Control+g');
    await keys.press('F6');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.xterm') === null)).toBe(true);
  });

  await test.step('palette: back to the catalog, where the run can be continued', async () => {
    await keys.press('Control+Shift+K');
    await keys.type('all labs');
    await keys.press('Enter');
    await expect(page.getByRole('button', { name: /^Continue/ }).first()).toBeVisible();
    await page.locator('body').press('c');
    await LabPage.shown(page);
    expect(lab.run).toBe(run);
  });
});
