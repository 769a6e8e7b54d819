/** Writes labs/lab.schema.json anew from the schema in the engine: `node resources/build/schema.mjs`. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { module } = await runnerImport(join(root, 'electron/engine/catalog/jsonSchema.ts'), { root, configFile: false });
writeFileSync(join(root, 'labs/lab.schema.json'), module.labJsonSchema());
