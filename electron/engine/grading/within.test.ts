import { expect, test, vi } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { within } from './within.ts';

test('passes a result on', async () => expect(await within(1000, 'a', async () => 7)).toBe(7));
test('passes a LabError on as it is', async () => {
  const fault = new LabError('node-stopped', 'a stopped');
  await expect(within(1000, 'a', () => Promise.reject(fault))).rejects.toBe(fault);
});
test.each([new TypeError('x is not a function'), 'a word', undefined])('%s becomes a probe-failed', async (thrown) =>
  expect(within(1000, 'a', () => Promise.reject(thrown))).rejects.toMatchObject({
    code: 'probe-failed',
    cause: thrown,
  }),
);
test('ends what does not end', async () => {
  vi.useFakeTimers();
  const waited = expect(within(4000, 'b', () => new Promise(() => undefined))).rejects.toMatchObject({
    code: 'probe-timeout',
    message: 'The node b did not answer within 4 s.',
  });
  await vi.advanceTimersByTimeAsync(4000);
  await waited;
  vi.useRealTimers();
});
test('leaves no timer behind', async () => {
  vi.useFakeTimers();
  await within(4000, 'b', async () => 1);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
