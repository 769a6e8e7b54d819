import { z } from 'zod';
import { exams, runs } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';
import { examChanged, runChanged } from '../../contract/pushes.ts';
import { newAttempt } from '../attempt.ts';
import { printExam } from '../examText.ts';
import { EXIT } from '../exitCode.ts';
import { stepPrinter } from '../stepLines.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';
import { LabWord, SeedWord } from '../words.ts';

export const exam = verb({
  name: 'exam',
  says: 'sit an exam, or a lab against the clock: no hints, and no verdict before the end',
  args: [['<exam>', 'id of an exam or of a lab']],
  flags: [['--seed <n>', 'the questions and values of an earlier exam: a number from 0 to 4294967295'], jsonFlag],
  examples: [
    ['patchbay exam mock-exam', 'questions from many labs, drawn by the seed'],
    ['patchbay exam routing --seed 7', 'one lab, in the minutes that it usually takes'],
  ],
  argsSchema: z.tuple([LabWord]),
  flagsSchema: z.object({ ...withJson, seed: SeedWord.optional() }),
  async run({ engine, output }, [name], { seed, json }) {
    const client = await engine();
    const print = stepPrinter(output);
    const started = await client.call(exams.start, { name, seed, attempt: newAttempt() });
    client.on(runChanged, (view) => {
      if (!json && view.exam === started.id && view.environment.state === 'starting') print(view.environment.steps);
    });
    // The clock runs as soon as the first environment stands; the others are made meanwhile.
    const view = await new Promise<typeof started>((resolve, reject) => {
      const see = (now: typeof started) => {
        if (now.id !== started.id) return;
        const [first] = now.sections;
        if (now.phase !== 'preparing') resolve(now);
        else if (first?.environment?.state === 'failed') reject(LabError.fromView(first.environment.error));
      };
      client.on(examChanged, see);
      client.call(exams.get, { exam: started.id }).then(see, reject);
    });
    const first = view.sections[0]?.run;
    if (json) output.json(view);
    else printExam(view, first ? await client.call(runs.get, { run: first }) : null, output);
    return EXIT.done;
  },
});
