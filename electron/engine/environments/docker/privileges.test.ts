import { expect, test } from 'vitest';
import { capabilities, nodePrivileges } from './privileges.ts';

test('every capability is named once, with a reason', () => {
  const names = capabilities.map(({ capability }) => capability);
  expect(new Set(names).size).toBe(names.length);
  for (const { because } of capabilities) expect(because.length).toBeGreaterThan(10);
});

test('everything else is dropped, and no device of the machine can be opened', () => {
  expect(nodePrivileges.capDrop).toEqual(['ALL']);
  expect(nodePrivileges).not.toHaveProperty('deviceRules');
});
