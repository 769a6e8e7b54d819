import type { Path, Told } from '../labSource.ts';
import type { Rule } from './rule.ts';

interface Item {
  readonly id?: string | undefined;
  readonly before: readonly (string | undefined)[];
  readonly path: Path;
}

/** Ids are there once; `after` and `needs` name things that are there and go round in no circle. */
export const order: Rule = ({ lab, tell }) => {
  const questions = (lab.questions ?? []).map((question, index) => ({
    id: question?.id,
    before: question?.after ?? [],
    path: ['questions', index],
  }));
  judge(questions, 'question', 'after', tell);
  for (const [index, question] of (lab.questions ?? []).entries()) {
    if (question?.kind !== 'task') continue;
    const checks = (question.checks ?? []).map((check, place) => ({
      id: check?.id,
      before: check?.needs ?? [],
      path: ['questions', index, 'checks', place],
    }));
    judge(checks, 'check', 'needs', tell);
  }
};

const judge = (items: readonly Item[], thing: string, key: string, tell: (told: Told) => void): void => {
  const known = [...new Set(items.flatMap((item) => item.id ?? []))];
  const seen = new Set<string>();
  for (const { id, before, path } of items) {
    if (id !== undefined && seen.has(id))
      tell({ path: [...path, 'id'], message: `another ${thing} is called \`${id}\` already` });
    if (id !== undefined) seen.add(id);
    for (const [index, other] of before.entries())
      if (other !== undefined && !known.includes(other))
        tell({ path: [...path, key, index], message: `no ${thing} \`${other}\``, word: other, known });
  }
  const circle = circleIn(
    new Map(items.flatMap((item) => (item.id === undefined ? [] : [[item.id, item.before] as const]))),
  );
  const first = items.find((item) => item.id === circle?.[0]);
  if (circle && first)
    tell({
      path: [...first.path, key],
      message: `\`${key}\` goes round in a circle: ${[...circle, circle[0]].join(' > ')}`,
    });
};

/** The first circle that is found, from its earliest member; null when there is none. */
const circleIn = (before: ReadonlyMap<string, readonly (string | undefined)[]>): string[] | null => {
  const done = new Set<string>();
  const walk = (id: string, way: readonly string[]): string[] | null => {
    if (way.includes(id)) return way.slice(way.indexOf(id));
    if (done.has(id)) return null;
    for (const other of before.get(id) ?? []) {
      const circle = other === undefined ? null : walk(other, [...way, id]);
      if (circle) return circle;
    }
    done.add(id);
    return null;
  };
  for (const id of before.keys()) {
    const circle = walk(id, []);
    if (circle) return circle;
  }
  return null;
};
