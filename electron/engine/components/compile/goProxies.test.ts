import { expect, test } from 'vitest';
import { goProxies } from './goProxies.ts';

test.each([
  ['https://one.example/,https://two.example|direct', ['https://one.example', 'https://two.example']],
  ['direct', ['https://proxy.golang.org']],
  ['off', ['https://proxy.golang.org']],
  ['file:///srv/modules,http://proxy.example:8080/go', ['http://proxy.example:8080/go']],
])('GOPROXY=%s', async (set, expected) => {
  expect(await goProxies({ GOPROXY: set })).toEqual(expected);
});

test('without it there is always one', async () => {
  expect((await goProxies({})).length).toBeGreaterThan(0);
});
