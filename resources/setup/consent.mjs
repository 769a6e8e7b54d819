import { createInterface } from 'node:readline/promises';

/** @typedef {'ask' | 'install' | 'never'} Consent whether system packages may be installed */

/**
 * @param {{yes: boolean, ci: boolean, terminal: boolean}} given
 * @returns {Consent}
 */
export function consentFor({ yes, ci, terminal }) {
  if (yes || ci) return 'install';
  return terminal ? 'ask' : 'never';
}

/** @returns {{yes: boolean, ci: boolean, terminal: boolean}} as this process was started */
export const given = () => ({
  yes: process.argv.includes('--yes'),
  ci: isCI(),
  terminal: Boolean(process.stdin.isTTY && process.stdout.isTTY),
});

export const isCI = () => ['true', '1'].includes(process.env.CI ?? '');

/**
 * @param {string} question
 * @returns {Promise<boolean>}
 */
export async function ask(question) {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  // readline takes Ctrl-C for itself: hand it on.
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const answer = await prompt.question(`${question} [Y/n] `);
  prompt.close();
  return /^(y|yes|)$/i.test(answer.trim());
}
