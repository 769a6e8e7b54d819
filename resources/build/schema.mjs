/** Writes labs/lab.schema.json and docs/probes.md anew from the engine's own schemas: `node resources/build/schema.mjs`. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {string} path */
const load = async (path) => (await runnerImport(join(root, path), { root, configFile: false })).module;

const { labJsonSchema } = await load('electron/engine/catalog/jsonSchema.ts');
const { probeReference } = await load('electron/engine/catalog/probeReference.ts');
const { probes } = await load('electron/engine/probes/table.ts');
writeFileSync(join(root, 'labs/lab.schema.json'), labJsonSchema());
writeFileSync(join(root, 'docs/probes.md'), probeReference(probes));
