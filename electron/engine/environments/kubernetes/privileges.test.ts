import { expect, test } from 'vitest';
import { capabilities, nodePrivileges } from './privileges.ts';

test('every capability is named once, with a reason', () => {
  const names = capabilities.map(({ capability }) => capability);
  expect(new Set(names).size).toBe(names.length);
  for (const { because } of capabilities) expect(because.length).toBeGreaterThan(10);
});

test('nothing that hosts without it in their bounding set would refuse', () => {
  const names = capabilities.map(({ capability }) => capability);
  for (const refused of ['SYS_RESOURCE', 'SYS_MODULE', 'SYS_BOOT', 'SYS_TIME', 'SYS_RAWIO', 'BPF', 'PERFMON'])
    expect(names).not.toContain(refused);
});

test('everything else is dropped', () => {
  expect(nodePrivileges({ rootless: false }).capDrop).toEqual(['ALL']);
});
