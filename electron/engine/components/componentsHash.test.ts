import { expect, test } from 'vitest';
import { componentHash, componentsHash } from './componentsHash.ts';
import { type Component, pins } from './pins.ts';

const named = (name: string): Component => {
  const found = pins().components.find((it) => it.name === name);
  if (!found) throw new Error(`No ${name}.`);
  return found;
};

test('the hash is the same each time, and short enough for a name', () => {
  expect(componentsHash()).toBe(componentsHash());
  expect(componentsHash()).toMatch(/^[0-9a-f]{12}$/);
});

test('what goes into a binary changes its hash; how long it takes and what it is called do not', () => {
  const etcd = named('etcd');
  const hash = componentHash(etcd);
  expect(componentHash({ ...etcd, version: '3.6.6' })).not.toBe(hash);
  expect(componentHash({ ...etcd, release: null })).not.toBe(hash);
  expect(componentHash({ ...etcd, title: 'x', compile: { ...etcd.compile, seconds: 1 } })).toBe(hash);
});
