import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { docker as calls, catalog } from '../../contract/calls.ts';
import type { Client } from '../../contract/client.ts';
import type { LabCard } from '../../contract/models/lab.ts';
import { EXIT } from '../exitCode.ts';
import type { Output } from '../output.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { FolderWord } from '../words.ts';

/** Milliseconds that a list may wait for Docker. */
const PATIENCE = 3000;

export const labs = verb({
  name: 'labs',
  says: 'list the labs',
  args: [],
  flags: [
    ['--add <folder>', 'from now on also a lab of your own, or a folder of them'],
    ['--drop <folder>', 'no longer that one; its files stay'],
    jsonFlag,
  ],
  examples: [
    ['patchbay labs', 'every lab, its length and whether it can be started'],
    ['patchbay labs --add ~/course', 'the labs in that folder too; the window and the browser show them at once'],
  ],
  argsSchema: z.tuple([]),
  flagsSchema: z.object({ ...withJson, add: FolderWord.optional(), drop: FolderWord.optional() }),
  async run({ engine, output }, _args, { json, add, drop }) {
    const client = await engine();
    if (add !== undefined) await client.call(catalog.add, { folder: add });
    if (drop !== undefined) await client.call(catalog.drop, { folder: drop });
    await dockerLookedFor(client);
    const { labs } = await client.call(catalog.labs, {});
    if (json) output.json(labs);
    else output.table(labs.map((card) => row(card, output)));
    return EXIT.done;
  },
});

/** An engine that was started just now has not looked yet; its first look takes less than a second where there is a Docker. */
async function dockerLookedFor(client: Client): Promise<void> {
  const { docker } = await client.call(calls.status, {});
  if (docker.state !== 'connecting') return;
  const ready = client.call(calls.prepare, {}).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([ready, sleep(PATIENCE, undefined, { ref: false })]);
}

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
