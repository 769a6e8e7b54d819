import { compilePattern } from '../pattern.ts';
import { operators } from '../schema.ts';
import { allLooks } from './allLooks.ts';
import type { Judged, Rule } from './rule.ts';

/** A check judges in exactly one way, and sends no packet of its own accord where the learner is asked for traces of packets. */
export const checks: Rule = (judged) => {
  const { lab, probes, tell } = judged;
  const traces = allLooks(lab).some(({ look }) => asksForTraces(look));
  for (const [index, question] of (lab.questions ?? []).entries()) {
    if (question?.kind !== 'task') continue;
    for (const [place, check] of (question.checks ?? []).entries()) {
      if (!check) continue;
      const path = ['questions', index, 'checks', place];
      const given = operators.filter((operator) => check[operator] !== undefined);
      if (given.length !== 1)
        tell({
          path,
          message: `exactly one of ${operators.map((it) => `\`${it}\``).join(', ')} must be here${given.length > 1 ? `, not ${given.length}` : ''}`,
        });
      for (const operator of ['at-least', 'at-most'] as const) number(judged, [...path, operator], check[operator]);
      pattern(judged, [...path, 'matches'], check.matches);
      const probe = check.probe !== undefined && Object.hasOwn(probes, check.probe) ? probes[check.probe] : undefined;
      if (traces && probe?.mode === 'act' && !check.needs?.length)
        tell({
          path: [...path, 'probe'],
          message: `\`${check.probe}\` sends packets, and this lab asks what packets left behind: give it \`needs\`, so that it waits`,
        });
    }
  }
};

/** Neighbours and forwarding tables are made by packets. */
const asksForTraces = ({ probe, with: params }: { probe?: string | undefined; with?: object | undefined }): boolean =>
  probe === 'neighbour' || (probe === 'bridge' && params !== undefined && ('mac' in params || 'table' in params));

const number = ({ samples, tell }: Judged, path: (string | number)[], bound: string | number | undefined): void => {
  const wrong =
    bound === undefined ? undefined : samples.possible(bound).find((it) => it === '' || Number.isNaN(Number(it)));
  if (wrong !== undefined) tell({ path, message: `\`${wrong}\` is not a number` });
};

const pattern = ({ samples, tell }: Judged, path: (string | number)[], text: string | undefined): void => {
  for (const one of text === undefined ? [] : samples.possible(text)) {
    const compiled = compilePattern(one);
    if ('wrong' in compiled) return tell({ path, message: compiled.wrong });
  }
};
