import { z } from 'zod';
import { catalog } from '../../contract/calls.ts';
import type { LabCard } from '../../contract/models/lab.ts';
import { EXIT } from '../exitCode.ts';
import type { Output } from '../output.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const labs = verb({
  name: 'labs',
  says: 'list the labs',
  args: [],
  flags: [jsonFlag],
  examples: [['patchbay labs', 'every lab, its length and whether it can be started']],
  argsSchema: z.tuple([]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, _args, { json }) {
    const { labs } = await (await engine()).call(catalog.labs, {});
    if (json) output.json(labs);
    else output.table(labs.map((card) => row(card, output)));
    return EXIT.done;
  },
});

function row(card: LabCard, output: Output): string[] {
  if (card.state === 'broken') return [card.id, '', '', `broken: ${card.mistakes[0]?.message ?? ''}`];
  const best = Math.max(...card.attempts.map((it) => it.earned), 0);
  const progress = card.attempts.length > 0 ? `${best} of ${card.points} points` : '';
  const { availability } = card;
  const state = availability.state === 'ready' || availability.state === 'startable' ? progress : availability.reason;
  return [
    card.id,
    `${card.minutes} min`,
    output.style('bold', card.title),
    [card.topics.join(', '), state].filter(Boolean).join('  '),
  ];
}
