import { beginTestSession, deadSessions, forgetSession } from '../setup/test-session.mjs';
import { complaints, removeLeftovers } from './leftovers.ts';

/** Vitest's and Playwright's global set-up: a run of their own, without `npm test`, is a session of its own and answers for what it leaves. */
export default function setUp(): (() => Promise<void>) | undefined {
  if (process.env.PATCHBAY_TEST_SESSION) return undefined;
  const end = beginTestSession();
  const session = process.env.PATCHBAY_TEST_SESSION ?? '';
  return async () => {
    const left = await removeLeftovers(session);
    end();
    for (const dead of deadSessions()) {
      await removeLeftovers(dead);
      forgetSession(dead);
    }
    const told = complaints(left);
    if (told.length > 0) throw new Error(told.join('\n'));
  };
}
