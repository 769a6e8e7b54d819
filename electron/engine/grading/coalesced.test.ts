import { expect, test } from 'vitest';
import { coalesced } from './coalesced.ts';

const gated = () => {
  const gates: (() => void)[] = [];
  let begun = 0;
  const lane = coalesced(() => {
    begun++;
    return new Promise<void>((resolve) => gates.push(resolve));
  });
  const settle = async () => {
    gates.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lane, settle, begun: () => begun };
};

test('begins at once', () => {
  const { lane, begun } = gated();
  lane.request();
  expect(begun()).toBe(1);
});
test('a thousand requests meanwhile are one more', async () => {
  const { lane, settle, begun } = gated();
  for (let times = 0; times < 1001; times++) lane.request();
  expect(begun()).toBe(1);
  await settle();
  expect(begun()).toBe(2);
  await settle();
  expect(begun()).toBe(2);
});
test('idle again, it begins again', async () => {
  const { lane, settle, begun } = gated();
  lane.request();
  lane.requestIfIdle();
  await settle();
  expect(begun()).toBe(1);
  lane.requestIfIdle();
  expect(begun()).toBe(2);
});
