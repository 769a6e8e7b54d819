import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { productRoot } from '../root.ts';
import { labJsonSchema } from './jsonSchema.ts';

test('labs/lab.schema.json is what the schema says (`node resources/build/schema.mjs` writes it anew)', () => {
  expect(readFileSync(join(productRoot(), 'labs/lab.schema.json'), 'utf8')).toBe(labJsonSchema());
});
