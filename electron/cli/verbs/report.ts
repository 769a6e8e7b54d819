import { z } from 'zod';
import { exams } from '../../contract/calls.ts';
import { ReportFormat } from '../../contract/models/exam.ts';
import { EXIT } from '../exitCode.ts';
import { printReport } from '../reportText.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const report = verb({
  name: 'report',
  says: 'what came of an exam: score, topics, every question',
  args: [['<exam>', 'id of an exam that is over']],
  flags: [['--format <format>', 'a whole file on standard output: html, json, csv or junit'], jsonFlag],
  examples: [
    ['patchbay report mock-exam-abcde', 'the score and each question'],
    ['patchbay report mock-exam-abcde --format html > result.html', 'one file to keep or to print'],
  ],
  argsSchema: z.tuple([z.string()]),
  flagsSchema: z.object({ ...withJson, format: ReportFormat.optional() }),
  async run({ engine, output }, [exam], { json, format }) {
    const client = await engine();
    if (format) output.stdout.write((await client.call(exams.save, { exam, format })).text);
    else {
      const found = await client.call(exams.report, { exam });
      if (json) output.json(found);
      else printReport(found, output);
    }
    return EXIT.done;
  },
});
