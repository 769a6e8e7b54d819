import { expect, type Locator, type Page } from '@playwright/test';

/** The page of a run, in the learner's words. */
export class LabPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get question(): Locator {
    return this.page.getByRole('region', { name: 'Question', exact: true });
  }

  /** From the catalog into a fresh run of a lab. */
  static async start(page: Page, lab: string): Promise<LabPage> {
    await page.locator(`[data-lab="${lab}"]`).click();
    await page
      .getByRole('complementary', { name: 'Selected lab' })
      .getByRole('button', { name: /^Practice/ })
      .click();
    return LabPage.shown(page);
  }

  /** Waits until the questions stand there; a start may take a while without a pool. */
  static async shown(page: Page): Promise<LabPage> {
    const it = new LabPage(page);
    await expect(it.question).toBeVisible({ timeout: 60_000 });
    return it;
  }

  /** From the page's address. */
  get run(): string {
    return /#\/run\/([^/]+)$/.exec(this.page.url())?.[1] ?? '';
  }

  async goTo(title: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Questions' }).getByRole('button', { name: title }).click();
    await expect(this.question.getByRole('heading', { level: 2, name: title })).toBeVisible();
  }

  async answer(value: string): Promise<void> {
    await this.question.getByRole('textbox').fill(value);
    await this.check();
  }

  async choose(text: string): Promise<void> {
    await this.question.getByRole('radio', { name: text, exact: true }).check();
    await this.check();
  }

  async check(): Promise<void> {
    await this.question.getByRole('button', { name: /^Check/ }).click();
  }

  async expectVerdict(verdict: 'pass' | 'fail'): Promise<void> {
    await expect(this.question.locator(`[data-verdict="${verdict}"]`)).toBeVisible();
  }

  async expectTicked(...checks: string[]): Promise<void> {
    for (const check of checks)
      await expect(this.question.locator(`[data-check="${check}"]`)).toHaveAttribute('data-state', 'pass');
  }

  /** States of all questions as the rail tells them, in order. */
  states(): Promise<(string | undefined)[]> {
    const items = this.page.getByRole('navigation', { name: 'Questions' }).getByRole('button');
    return items.evaluateAll((all) => all.map((it) => it.getAttribute('aria-label')?.split(', ').at(-1)));
  }
}
