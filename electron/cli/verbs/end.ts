import { z } from 'zod';
import { exams } from '../../contract/calls.ts';
import { EXIT } from '../exitCode.ts';
import { printReport } from '../reportText.ts';
import { jsonFlag, verb, withJson } from '../verb.ts';

export const end = verb({
  name: 'end',
  says: 'end an exam: everything is graded, and its nodes are removed',
  args: [['<exam>', 'id of the exam']],
  flags: [jsonFlag],
  examples: [['patchbay end mock-exam-abcde', 'exit code 0 when it is passed, 1 when not']],
  argsSchema: z.tuple([z.string()]),
  flagsSchema: z.object(withJson),
  async run({ engine, output }, [exam], { json }) {
    const client = await engine();
    await client.call(exams.end, { exam });
    const report = await client.call(exams.report, { exam });
    if (json) output.json(report);
    else printReport(report, output);
    return report.passed ? EXIT.done : EXIT.notPassed;
  },
});
