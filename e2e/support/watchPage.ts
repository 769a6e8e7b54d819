import type { Page } from '@playwright/test';

/** What a connection says that ended because the test killed its other side. */
const expected = /WebSocket connection to .* failed|ERR_CONNECTION_REFUSED/;

/** Collects errors of the page, and every offence against its Content Security Policy. */
export function watchPage(page: Page, complaints: string[]): Page {
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
  });
  return page;
}
