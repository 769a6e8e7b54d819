import { expect, test } from 'vitest';
import { consentFor } from './consent.mjs';

test.each([
  { yes: false, ci: false, terminal: true, consent: 'ask' },
  { yes: true, ci: false, terminal: true, consent: 'install' },
  { yes: false, ci: true, terminal: true, consent: 'install' },
  { yes: true, ci: false, terminal: false, consent: 'install' },
  { yes: false, ci: true, terminal: false, consent: 'install' },
  { yes: false, ci: false, terminal: false, consent: 'never' },
])('system packages: $consent with yes $yes, CI $ci, terminal $terminal', ({ consent, ...given }) => {
  expect(consentFor(given)).toBe(consent);
});
