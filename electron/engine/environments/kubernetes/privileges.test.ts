import { expect, test } from 'vitest';
import { capabilities, nodePrivileges } from './privileges.ts';

const traits = { cgroupVersion: 1 as const, rootless: false };

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

test('everything else is dropped, on every kind of engine', () => {
  expect(nodePrivileges(traits).capDrop).toEqual(['ALL']);
  expect(nodePrivileges({ cgroupVersion: 2, rootless: false })).toEqual(nodePrivileges(traits));
});

test('a rootless engine is asked for no device rule, which it could not set', () => {
  expect(nodePrivileges({ cgroupVersion: 2, rootless: true }).deviceRules).toEqual([]);
  expect(nodePrivileges(traits).deviceRules).toEqual(['a *:* rwm']);
});
