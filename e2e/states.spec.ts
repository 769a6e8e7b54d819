import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { DockerGate } from './support/dockerGate.ts';
import { test as base, expect } from './support/fixtures.ts';
import { LabPage } from './support/labPage.ts';
import { patchbay } from './support/patchbay.ts';

const test = base.extend<{ gate: DockerGate }>({
  gate: async ({ stateDir }, use) => {
    const gate = await DockerGate.before(stateDir);
    test.skip(gate === null, 'Docker is not reached by a socket of this machine');
    // Without a pool a start has something to wait for.
    writeFileSync(join(stateDir, 'settings.json'), JSON.stringify({ pool: 0, clusters: 'when-started' }));
    if (gate) await use(gate);
    // While it can still put away what it made.
    await patchbay(stateDir, 'engine', '--stop');
    gate?.close();
  },
  engineEnv: async ({ gate }, use) => use({ DOCKER_HOST: gate.address }),
});

const both = async (page: Page, name: string) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${name}, ${colorScheme}`);
  }
};

test('axe finds nothing on a start that waits, one that failed, the palette, hints and a solution', async ({
  open,
  gate,
}) => {
  const page = await open();
  await expect(page.locator('[data-lab="switching"]')).toBeVisible();
  await expect(page.getByText(/Docker \d+\./)).toBeVisible();

  gate.making = 'held';
  await page.locator('[data-lab="switching"]').click();
  await page.getByRole('button', { name: /^Practice/ }).click();
  await expect(page.getByRole('region', { name: 'Steps' })).toBeVisible();
  await both(page, 'a start that waits');

  gate.making = 'refused';
  await expect(page.getByRole('button', { name: /^Retry/ })).toBeVisible();
  await both(page, 'a start that failed');

  gate.making = 'passed';
  await page.keyboard.press('r');
  const lab = await LabPage.shown(page);

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await both(page, 'the palette');
  await page.keyboard.press('Escape');

  await lab.goTo('The address of a card');
  await lab.question.getByRole('button', { name: 'Hint' }).click();
  await expect(lab.question.getByText(/Hint 1 of/)).toBeVisible();
  await both(page, 'a hint');
  for (let press = 0; press < 2; press++) await lab.question.getByRole('button', { name: /solution/i }).click();
  await expect(lab.question.getByRole('heading', { name: 'Solution' })).toBeVisible();
  await both(page, 'a solution');
});
