import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2 A and AA on what is shown now. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Otherwise axe opens a blank page of its own, which the desktop window does not have.
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((it) => `${id}: ${it.target.join(' ')} ${it.failureSummary}`),
  );
  expect(found, `axe on ${name}`).toEqual([]);
}
