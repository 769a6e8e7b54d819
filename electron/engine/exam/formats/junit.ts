import type { ExamReport, ReportQuestion } from '../../../contract/models/exam.ts';
import { escaped } from './escaped.ts';

/** A test case for each question, as build servers read them. What could not be graded is an error, what was not answered is skipped. */
export const junitOf = (report: ExamReport): string => {
  const count = (verdict: ReportQuestion['verdict']) => report.questions.filter((it) => it.verdict === verdict).length;
  const attributes = [
    `name="${escaped(report.title)}" id="${escaped(report.id)}" tests="${report.questions.length}"`,
    `failures="${count('fail')}" errors="${count('not-graded')}" skipped="${count('not-answered')}"`,
    `time="${report.seconds}" timestamp="${report.endedAt}"`,
  ].join(' ');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite ${attributes}>
${report.questions.map(testCase).join('\n')}
</testsuite>
`;
};

const testCase = (question: ReportQuestion): string => {
  const open = `  <testcase classname="${escaped(question.lab)}" name="${escaped(question.title)}" time="${question.seconds}"`;
  const said = escaped(question.message ?? `${question.earned} of ${question.points} points`);
  switch (question.verdict) {
    case 'pass':
      return `${open}/>`;
    case 'fail':
      return `${open}><failure message="${said}"/></testcase>`;
    case 'not-graded':
      return `${open}><error message="${said}"/></testcase>`;
    case 'not-answered':
      return `${open}><skipped/></testcase>`;
  }
};
