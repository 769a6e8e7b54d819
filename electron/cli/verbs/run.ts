import { z } from 'zod';
import { runs } from '../../contract/calls.ts';
import { runChanged } from '../../contract/pushes.ts';
import { newAttempt } from '../attempt.ts';
import { EXIT } from '../exitCode.ts';
import { readyRun } from '../readyRun.ts';
import { printHowToGoOn, printRun, runJson } from '../runText.ts';
import { stepPrinter } from '../stepLines.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { LabWord, SeedWord } from '../words.ts';

export const run = verb({
  name: 'run',
  says: 'start a lab; it goes on running when the command has ended',
  args: [['<lab>', 'id of the lab']],
  flags: [
    ['--seed <n>', 'the values of an earlier run: a number from 0 to 4294967295'],
    ['--detach', 'for scripts: print the run alone, without its questions'],
    jsonFlag,
  ],
  examples: [
    ['patchbay run switching', 'start it and print its questions'],
    ['patchbay run switching --seed 7 --detach --json', '{run, lab, seed, nodes: {name: {container}}, questions}'],
  ],
  argsSchema: z.tuple([LabWord]),
  flagsSchema: z.object({ ...withJson, seed: SeedWord.optional(), detach: z.boolean().default(false) }),
  async run({ engine, output }, [lab], { seed, detach, json }) {
    const client = await engine();
    const print = stepPrinter(output);
    const started = await client.call(runs.start, {
      lab,
      ...(seed === undefined ? {} : { seed }),
      attempt: newAttempt(),
    });
    const tell = (view: typeof started) => {
      if (!json && view.id === started.id && view.environment.state === 'starting') print(view.environment.steps);
    };
    client.on(runChanged, tell);
    tell(started);
    const view = await readyRun(client, started.id);
    if (json) output.json(runJson(view));
    else if (detach) output.line(view.id);
    else {
      printRun(view, output);
      printHowToGoOn(view, output);
    }
    return EXIT.done;
  },
});
