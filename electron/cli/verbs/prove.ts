import { z } from 'zod';
import { catalog, runs } from '../../contract/calls.ts';
import type { Client } from '../../contract/client.ts';
import { LabError } from '../../contract/error.ts';
import { NO_QUESTION, type Proof } from '../../contract/models/proof.ts';
import { proofItem } from '../../contract/pushes.ts';
import { EXIT, type Exit } from '../exitCode.ts';
import { span } from '../stepLines.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { LabWord, SeedsWord } from '../words.ts';

export const prove = verb({
  name: 'prove',
  says: 'show on a real environment that a lab grades rightly',
  args: [['[lab]', 'id of the lab, or path of its folder']],
  flags: [
    ['--all', 'every lab of the catalog'],
    ['--seeds <list>', 'the seeds to prove it with (default: 1,2,3)'],
    ['--fresh', 'also where the same content was proven before'],
    jsonFlag,
  ],
  examples: [
    ['patchbay prove switching', 'seeds 1, 2 and 3'],
    ['patchbay prove ./my-lab --seeds 1 --fresh', 'a lab that is being written'],
    ['patchbay prove --all --seeds 1 --json', 'an array, one proof a lab'],
  ],
  argsSchema: z.tuple([LabWord.optional()]),
  flagsSchema: z.object({
    ...withJson,
    all: z.boolean().default(false),
    fresh: z.boolean().default(false),
    seeds: SeedsWord.default([1, 2, 3]),
  }),
  async run({ engine, output }, [lab], { all, seeds, fresh, json }) {
    if (all === (lab !== undefined)) throw new LabError('bad-input', 'Name one lab, or say --all.');
    const client = await engine();
    if (!json)
      client.on(proofItem, ({ seed, question, claim, holds, detail }) => {
        const sign = holds ? output.style('green', '✓') : output.style('red', '✗');
        output.line(`${sign} seed ${seed}  ${question}: ${claim}${detail && !holds ? `\n    ${detail}` : ''}`);
      });
    const proofs: Proof[] = [];
    for (const id of lab === undefined ? await allLabs(client) : [lab])
      proofs.push(await client.call(runs.prove, { lab: id, seeds, fresh }));
    if (json) output.json(all ? proofs : proofs[0]);
    else output.line(proofs.map(summary).join('\n'));
    return exitOfProofs(proofs);
  },
});

/** An environment that broke says nothing about the lab. */
export const exitOfProofs = (proofs: readonly Proof[]): Exit => {
  if (proofs.some(({ items }) => items.some((it) => it.question === NO_QUESTION && !it.holds))) return EXIT.failed;
  return proofs.every((it) => it.holds) ? EXIT.done : EXIT.notPassed;
};

const allLabs = async (client: Client): Promise<string[]> =>
  (await client.call(catalog.labs, {})).labs.map((it) => it.id);

/** The last line of the text form. */
export function summary({ lab, seeds, items, holds, seconds, cached }: Proof): string {
  const held = items.filter((it) => it.holds).length;
  const over = seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds`;
  const kept = cached ? ', kept from an earlier proof of the same content' : '';
  return `${lab}: ${holds ? 'proven' : 'NOT proven'}, ${held} of ${items.length} claims hold over ${over}, ${span(seconds)}${kept}`;
}
