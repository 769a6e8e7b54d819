import { expect, test } from './support/fixtures.ts';
import { LabPage } from './support/labPage.ts';
import { ask, paneOf, screenOf, typeInto } from './support/terminal.ts';

test('a terminal: UTF-8, copy and paste, size, full screen, a new shell after exit', async ({ open }) => {
  const page = await open();
  await LabPage.start(page, 'switching');

  await test.step('bytes are UTF-8, wide ones too', async () => {
    expect(await ask(page, 'ash', 'printf "grüße 漢字 🔌"')).toBe('grüße 漢字 🔌');
  });

  await test.step('copy with Ctrl+Shift+C, paste with Ctrl+Shift+V', async () => {
    await typeInto(page, 'ash', 'clear; echo copied$((6*7))');
    const word = paneOf(page, 'ash').locator('.xterm-rows > div', { hasText: /^copied42/ });
    await expect(word).toBeVisible();
    const box = await word.boundingBox();
    await page.mouse.dblclick((box?.x ?? 0) + 20, (box?.y ?? 0) + 8);
    await page.keyboard.press('Control+Shift+C');
    await page.keyboard.type('echo pasted-');
    await page.keyboard.press('Control+Shift+V');
    await page.keyboard.type('\n');
    await expect.poll(() => screenOf(page, 'ash')).toMatch(/^pasted-copied42/m);
  });

  await test.step('the shell knows the size of its place', async () => {
    const told = (await paneOf(page, 'ash').locator('.size').textContent()) ?? '';
    const [, cols, rows] = /(\d+) × (\d+)/.exec(told) ?? [];
    expect(await ask(page, 'ash', 'stty size')).toBe(`${rows} ${cols}`);
  });

  await test.step('what takes the whole screen gives it back', async () => {
    await typeInto(page, 'ash', 'clear; echo under; seq 1 300 | less');
    await expect.poll(() => screenOf(page, 'ash')).toMatch(/^1\n2\n3\n/);
    await page.keyboard.press('q');
    await expect.poll(() => screenOf(page, 'ash')).toContain('under');
  });

  await test.step('a shell that ended says so, and another one is a key away', async () => {
    await typeInto(page, 'ash', 'exit');
    await page.getByRole('button', { name: 'Open a new one' }).click();
    // Its name is `ash` or, while the old one is remembered, `ash 2`.
    const pane = page.getByRole('group', { name: /^ash( 2)?, terminal/ });
    // The new shell's prompt, not what the old one left on the screen.
    await expect(pane.locator('.xterm-rows')).not.toContainText('exit');
    await expect(pane.locator('.xterm-rows')).toContainText(/[#$]/);
    await pane.locator('.screen').click();
    await page.keyboard.type('echo alive$((40+2))\n');
    await expect(pane.locator('.xterm-rows')).toContainText('alive42');
  });
});
