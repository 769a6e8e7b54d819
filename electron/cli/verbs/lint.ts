import { z } from 'zod';
import { catalog } from '../../contract/calls.ts';
import type { Client } from '../../contract/client.ts';
import { LabError } from '../../contract/error.ts';
import type { Mistake } from '../../contract/models/lab.ts';
import { catalogChanged } from '../../contract/pushes.ts';
import { EXIT } from '../exitCode.ts';
import type { Output } from '../output.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { LabWord } from '../words.ts';

export const lint = verb({
  name: 'lint',
  says: "find every mistake in a lab's files, without Docker",
  args: [['<lab>', 'id of the lab, or path of its folder']],
  flags: [['--watch', 'again with every change of its files, until Ctrl-C; for a lab of the catalog'], jsonFlag],
  examples: [
    ['patchbay lint ./my-lab', 'FILE:LINE:COLUMN and what would be right; exit code 1 where there is one'],
    ['patchbay lint my-lab --watch', 'beside the editor'],
  ],
  argsSchema: z.tuple([LabWord]),
  flagsSchema: z.object({ ...withJson, watch: z.boolean().default(false) }),
  async run({ engine, output }, [lab], { json, watch }) {
    if (watch && json) throw new LabError('bad-input', '`--watch` is for people and `--json` for programs.');
    const client = await engine();
    if (watch) return keepTelling(client, lab, output);
    const result = await client.call(catalog.lint, { lab });
    if (json) output.json(result);
    else tell(result, output);
    return result.mistakes.length === 0 ? EXIT.done : EXIT.notPassed;
  },
});

interface Linted {
  readonly lab: string;
  readonly mistakes: readonly Mistake[];
}

function tell({ lab, mistakes }: Linted, output: Output): void {
  for (const { file, line, column, message, nearest } of mistakes)
    output.line(`${file}:${line}:${column}  ${message}${nearest === null ? '' : ` (did you mean ${nearest}?)`}`);
  const count = mistakes.length;
  output.line(`${lab}: ${count === 0 ? 'no mistakes' : count === 1 ? '1 mistake' : `${count} mistakes`}`);
}

/** Tells what is new, and does not say the same twice: the catalog changes for other reasons too. */
async function keepTelling(client: Client, lab: string, output: Output): Promise<never> {
  let last = '';
  const look = async () => {
    const result = await client.call(catalog.lint, { lab });
    const said = JSON.stringify(result.mistakes);
    if (said === last) return;
    if (last !== '') output.line();
    last = said;
    tell(result, output);
  };
  await look();
  return new Promise((_, reject) => {
    client.on(catalogChanged, () => void look().catch(reject));
    client.onClose(() => reject(new LabError('engine-gone', 'The engine has ended.')));
  });
}
