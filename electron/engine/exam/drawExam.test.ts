import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Catalog } from '../catalog/catalog.ts';
import { Labs } from '../labs.ts';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import { drawExam } from './drawExam.ts';

const labs = new Labs(new Catalog([join(productRoot(), 'labs')], probes));
const labOf = (id: string) => labs.get(id);
const parts = [
  { topic: 'One', labs: ['switching', 'routing'], questions: 3, weight: 40 },
  { topic: 'Two', labs: ['routing'], questions: 4, weight: 60 },
];
const seeds = Array.from({ length: 50 }, (_, seed) => seed);
const draw = (seed: number) => drawExam('exam', parts, seed, labOf);

test('the same seed is the same exam, another one another', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(new Set(seeds.map((seed) => JSON.stringify(draw(seed)))).size).toBeGreaterThan(40);
  expect(new Set(seeds.map((seed) => draw(seed)[0]?.lab))).toEqual(new Set(['switching', 'routing']));
});

test('every part has the questions and the points that it was given', () => {
  for (const seed of seeds)
    for (const [index, section] of draw(seed).entries()) {
      const graded = section.questions.filter(({ points }) => points > 0);
      expect(graded.length).toBeGreaterThanOrEqual(parts[index]?.questions ?? 0);
      expect(section.questions.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(parts[index]?.weight ?? 0);
    }
});

test('a question comes with all that must be solved before it, in the lab’s order', () => {
  for (const seed of seeds)
    for (const { lab, questions } of draw(seed)) {
      const ids = questions.map(({ id }) => id);
      const all = labOf(lab).questions;
      expect(ids).toEqual(all.map(({ id }) => id).filter((id) => ids.includes(id)));
      for (const { id, after } of all) if (ids.includes(id)) expect(ids).toEqual(expect.arrayContaining(after));
    }
});

test('a part takes no more than it must: what is drawn last is what its questions need', () => {
  for (const seed of seeds)
    for (const [index, { questions }] of draw(seed).entries())
      expect(questions.filter(({ points }) => points > 0).length).toBeLessThan((parts[index]?.questions ?? 0) + 5);
});
