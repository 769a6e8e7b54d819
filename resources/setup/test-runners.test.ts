import { expect, test } from 'vitest';
import { proofsIn } from './test-runners.mjs';

const proof = { lab: 'routing', holds: true, items: [] };

test.each([
  ['one document', JSON.stringify(proof), 1],
  ['a list', JSON.stringify([proof, proof]), 2],
  ['a list by name', JSON.stringify({ proofs: [proof] }), 1],
  ['a line each', `${JSON.stringify(proof)}\nsomething else\n${JSON.stringify(proof)}\n`, 2],
])('proofs as %s are read', (_, text, count) => {
  expect(proofsIn(text)).toHaveLength(count);
});

test('output without a proof is no report', () => {
  expect(() => proofsIn('Error: no engine')).toThrow('no proof');
});
