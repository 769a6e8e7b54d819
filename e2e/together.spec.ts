import type { RunView } from '../electron/contract/models/run.ts';
import { lockHolder } from '../electron/engine/host/lock.ts';
import { BrowserShell } from './support/browserShell.ts';
import { expect, test } from './support/fixtures.ts';
import { LabPage } from './support/labPage.ts';
import { patchbay, patchbayJson } from './support/patchbay.ts';
import { chromium } from './support/places.ts';

test('a second app and the command line join the engine of the first', async ({ open, stateDir }) => {
  test.skip(chromium() === null, 'no Chromium is installed');
  const page = await open();
  const lab = await LabPage.start(page, 'switching');
  const engine = lockHolder(stateDir);
  expect(engine).not.toBeNull();

  const second = new BrowserShell(stateDir);
  try {
    const other = await second.start();
    await other
      .getByRole('button', { name: /^Continue/ })
      .first()
      .click();
    const there = await LabPage.shown(other);
    expect(there.run).toBe(lab.run);
    await there.question.getByRole('button', { name: /I have read this/ }).click();
    // What is done in one window shows in the other, by itself.
    await expect.poll(async () => (await lab.states())[0]).toBe('passed');
    expect(lockHolder(stateDir)).toEqual(engine);
  } finally {
    await second.stop();
  }

  const view = (await patchbayJson(stateDir, 'runs', lab.run)) as RunView;
  expect(view.questions[0]?.state).toBe('pass');
  const wrong = await patchbay(stateDir, 'answer', lab.run, 'mac', 'ff:ff:ff:ff:ff:ff');
  expect(wrong.exit).toBe(1);
  await expect.poll(async () => (await lab.states())[1]).toBe('not yet');
  expect(lockHolder(stateDir)).toEqual(engine);
});
