import { lockHolder } from '../electron/engine/host/lock.ts';
import { ElectronShell } from './support/electronShell.ts';
import { expect, test } from './support/fixtures.ts';
import { killProcess } from './support/shell.ts';

test('the page has no Node, no permission and no way out of its window', async ({ open, shell }) => {
  const page = await open();
  await expect(page.locator('[data-lab="switching"]')).toBeVisible();
  expect(page.url()).toMatch(/^app:\/\/patchbay\//);
  const seen = await page.evaluate(async () => ({
    node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
    offered: Object.keys(window.patchbayShell ?? {}),
    opened: (window.open('http://127.0.0.1:9/') as unknown) === null,
    notification: await Notification.requestPermission(),
  }));
  expect(seen).toEqual({
    node: ['undefined', 'undefined'],
    offered: ['clipboard'],
    opened: true,
    notification: 'denied',
  });
  await page.keyboard.press('Control+w');
  await page.keyboard.press('Control+r');
  await page.evaluate(() => location.assign('http://127.0.0.1:9/'));
  await page.waitForTimeout(300);
  expect(page.url()).toMatch(/^app:\/\/patchbay\//);
  // Not by a locator: Playwright would wait for the navigation that was refused.
  expect(await page.evaluate(() => document.querySelector('[data-lab="switching"]') !== null)).toBe(true);
  if (shell instanceof ElectronShell) expect(shell.app.windows()).toHaveLength(1);
});

test('a dead engine is started again and the page goes on', async ({ open, stateDir }) => {
  const page = await open();
  await expect(page.locator('[data-lab="switching"]')).toBeVisible();
  const first = lockHolder(stateDir);
  await killProcess(first?.pid ?? 0);
  await expect.poll(() => lockHolder(stateDir)?.pid).toBeTruthy();
  expect(lockHolder(stateDir)).not.toEqual(first);
  await page.locator('[data-lab="routing"]').click();
  await expect(page.getByText('The connection to the engine is interrupted')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
});

test('a second desktop app brings the first one to the front and ends', async ({ open, shell }) => {
  const page = await open();
  await expect(page.locator('[data-lab="switching"]')).toBeVisible();
  if (!(shell instanceof ElectronShell)) throw new Error('This is for the desktop shell alone.');
  const asked = shell.app.evaluate(
    ({ app }) => new Promise((resolve) => app.once('second-instance', () => resolve(true))),
  );
  await expect(shell.launch()).rejects.toThrow();
  expect(await asked).toBe(true);
  expect(shell.app.windows()).toHaveLength(1);
});
