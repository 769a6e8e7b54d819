import type { Judged, Rule } from './rule.ts';

/** An answer has one truth, from live state or from a variable, and it is of the type that it is compared as. */
export const answers: Rule = (judged) => {
  for (const [index, question] of (judged.lab.questions ?? []).entries()) {
    if (question?.kind !== 'answer') continue;
    const path = ['questions', index];
    const { answer } = question;
    if (answer) {
      exactlyOne(judged, [...path, 'answer'], { probe: answer.probe, equals: answer.equals }, answer.node);
      if (answer.equals !== undefined && !answer.equals.includes('${'))
        judged.tell({
          path: [...path, 'answer', 'equals'],
          message: '`equals` must come from a variable, or everybody soon knows it',
        });
      comparable(judged, [...path, 'answer'], answer);
    }
    for (const [place, miss] of (question['near-misses'] ?? []).entries())
      if (miss)
        exactlyOne(judged, [...path, 'near-misses', place], { probe: miss.probe, value: miss.value }, miss.node);
  }
};

const exactlyOne = (
  { tell }: Judged,
  path: (string | number)[],
  sources: Readonly<Record<string, unknown>>,
  node: string | undefined,
): void => {
  const given = Object.values(sources).filter((it) => it !== undefined).length;
  const names = Object.keys(sources)
    .map((name) => `\`${name}\``)
    .join(' and ');
  if (given !== 1) tell({ path, message: `exactly one of ${names} must be here` });
  else if (sources.probe !== undefined && node === undefined)
    tell({ path, message: '`node` is missing: where does the probe look?' });
};

/** Types that nothing else is written as. */
const strict = ['mac', 'ip', 'cidr', 'port', 'count', 'boolean'];

const comparable = (
  { probes, tell }: Judged,
  path: (string | number)[],
  { type, probe, field }: { type?: string | undefined; probe?: string | undefined; field?: string | undefined },
): void => {
  const known = probe !== undefined && Object.hasOwn(probes, probe) ? probes[probe] : undefined;
  const seen = known?.fields[field ?? known.main];
  if (!seen || type === undefined || seen.type === type) return;
  if (strict.includes(seen.type) && strict.includes(type))
    tell({
      path: [...path, 'type'],
      message: `this is compared as \`${type}\`, but what \`${probe}\` sees there is \`${seen.type}\``,
    });
};
