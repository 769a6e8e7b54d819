import { expect, test } from 'vitest';
import { EnvironmentDouble } from './environmentDouble.ts';
import { answerOf, choiceOf, LINKS, linksOf, lookAt, taskOf } from './samples.ts';
import { seenView, truthNow } from './seen.ts';

const mac = '02:00:00:00:00:0a';
const environment = new EnvironmentDouble({ a: { tools: { [LINKS]: linksOf({ eth0: mac }) } } });
const eth0 = lookAt('interface', { name: 'eth0' }, 'address');

test('with the solution of an answer or a live choice comes what it is about in this run', async () => {
  const seen = [{ node: 'a', probe: 'interface', of: 'eth0', field: 'address', values: [mac] }];
  expect(await truthNow(environment, answerOf({}))).toEqual(seen);
  expect(await truthNow(environment, choiceOf({}))).toEqual(seen);
});

test('nothing where there is nothing to read, or it cannot be read now', async () => {
  const gone = answerOf({ truth: { from: 'look', look: lookAt('interface', { name: 'eth9' }, 'address') } });
  const written = answerOf({ truth: { from: 'value', value: '7' } });
  const broken = new EnvironmentDouble({ a: { tools: { [LINKS]: 'garbage' } } });
  for (const [place, question] of [
    [environment, gone],
    [environment, written],
    [environment, taskOf([])],
    [broken, answerOf({})],
  ] as const)
    expect(await truthNow(place, question)).toEqual([]);
});

test('long values and long lists are cut, and say so', () => {
  const view = seenView(eth0, { type: 'text', field: 'address', values: ['x'.repeat(500), ...'123456789'] });
  expect(view.values[0]).toBe(`${'x'.repeat(77)}...`);
  expect(view.values).toHaveLength(9);
  expect(view.values.at(-1)).toBe('... 2 more');
});
