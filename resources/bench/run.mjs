// The measurements themselves: `npm run bench` sets up, then runs this. TypeScript is read as it stands, so that nothing is built for it.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { root } from '../setup/root.mjs';

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });
/** @type {{module: typeof import('./bench.ts')}} */
const { module } = await runnerImport(join(root, 'resources/bench/bench.ts'), { root, configFile: false });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.once(signal, () => void module.abandon().finally(() => process.exit(1)));
const met = await module.bench({ only: values.only ?? null, json: values.json ?? false });
process.exit(met ? 0 : 1);
