import { z } from 'zod';
import { catalog } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { LabWord } from '../words.ts';

export const lint = verb({
  name: 'lint',
  says: "find every mistake in a lab's files, without Docker",
  args: [['<lab>', 'id of the lab, or path of its folder']],
  flags: [jsonFlag],
  examples: [['patchbay lint ./my-lab', 'FILE:LINE:COLUMN and what would be right; exit code 1 where there is one']],
  argsSchema: z.tuple([LabWord]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [lab], { json }) {
    const result = await (await engine()).call(catalog.lint, { lab });
    if (json) output.json(result);
    else {
      for (const { file, line, column, message, nearest } of result.mistakes)
        output.line(`${file}:${line}:${column}  ${message}${nearest === null ? '' : ` (did you mean ${nearest}?)`}`);
      const count = result.mistakes.length;
      output.line(`${result.lab}: ${count === 0 ? 'no mistakes' : count === 1 ? '1 mistake' : `${count} mistakes`}`);
    }
    return result.mistakes.length === 0 ? EXIT.done : EXIT.notPassed;
  },
});
