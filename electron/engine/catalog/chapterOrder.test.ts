import { expect, test } from 'vitest';
import { chapterOrder } from './chapterOrder.ts';
import type { LoadedLab } from './lab.ts';

const lab = (id: string, ...after: string[]): LoadedLab =>
  // Only what the order asks for.
  ({ state: 'ok', lab: { id, after } }) as unknown as LoadedLab;

const order = (...labs: LoadedLab[]) => chapterOrder(labs).map((each) => (each.state === 'ok' ? each.lab.id : each.id));

test.each([
  { says: 'as given', labs: [lab('a'), lab('b')], is: ['a', 'b'] },
  {
    says: 'behind what comes first',
    labs: [lab('routing', 'switching'), lab('switching')],
    is: ['switching', 'routing'],
  },
  { says: 'through several', labs: [lab('c', 'b'), lab('b', 'a'), lab('a')], is: ['a', 'b', 'c'] },
  { says: 'a lab that is not there holds nothing up', labs: [lab('a', 'gone'), lab('b')], is: ['a', 'b'] },
  { says: 'a circle holds nothing up', labs: [lab('a', 'b'), lab('b', 'a')], is: ['b', 'a'] },
])('$says', ({ labs, is }) => expect(order(...labs)).toEqual(is));

test('a broken lab keeps its place', () => {
  expect(order({ state: 'broken', id: 'x', mistakes: [] }, lab('a'))).toEqual(['x', 'a']);
});
