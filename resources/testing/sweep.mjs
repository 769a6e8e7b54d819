// The end of a session of tests: removes what it left, and what earlier ones left that were killed, and says so as one line of JSON.
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../setup/root.mjs';
import { deadSessions, forgetSession, testSession } from '../setup/test-session.mjs';

/** @type {{module: typeof import('./leftovers.ts')}} */
const { module } = await runnerImport(join(root, 'resources/testing/leftovers.ts'), { root, configFile: false });
const own = await module.removeLeftovers(testSession());
for (const session of deadSessions()) {
  const earlier = module.complaints(await module.removeLeftovers(session));
  for (const line of earlier)
    console.error(`A killed run of the tests had left something, which is removed now: ${line}`);
  forgetSession(session);
}
console.log(JSON.stringify(module.complaints(own)));
