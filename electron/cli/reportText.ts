import type { ExamReport, ReportQuestion } from '../contract/models/exam.ts';
import type { Output } from './output.ts';

const words: Readonly<Record<ReportQuestion['verdict'], string>> = {
  pass: 'passed',
  fail: 'not passed',
  'not-answered': 'not answered',
  'not-graded': 'could not be graded',
};

export function printReport(report: ExamReport, output: Output): void {
  const verdict = report.passed ? output.style('green', 'passed') : output.style('red', 'not passed');
  output.line(`${output.style('bold', report.title)}  ${report.score} %, ${verdict} (pass mark ${report.pass} %)`);
  output.line(
    `${report.earned} of ${report.max} points in ${Math.round(report.seconds / 60)} of ${report.minutes} min, seed ${report.seed}`,
  );
  for (const { seconds, reason } of report.credits) output.line(`${seconds} s given back: ${reason}`);
  output.line();
  output.table(report.topics.map(({ topic, earned, max }) => [topic, `${earned} of ${max}`]));
  output.line();
  output.table(
    report.questions.map((it) => [
      `${it.number}.`,
      words[it.verdict],
      `${it.earned} of ${it.points}`,
      it.given?.join(', ') ?? '',
      it.title,
    ]),
  );
}
