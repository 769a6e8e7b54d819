import { expect, test } from 'vitest';
import type { ExamReport, ReportQuestion } from '../../../contract/models/exam.ts';
import { formats } from './table.ts';

const question = (some: Partial<ReportQuestion>): ReportQuestion => ({
  number: 1,
  topic: 'Topic',
  lab: 'routing',
  id: 'q',
  kind: 'answer',
  title: 'A title',
  text: 'What?',
  verdict: 'pass',
  points: 50,
  earned: 50,
  given: ['10.0.0.1'],
  givenAt: null,
  message: null,
  checks: [],
  seen: [],
  explanation: null,
  solution: [],
  flagged: false,
  seconds: 61,
  ...some,
});

const report: ExamReport = {
  id: 'exam-abcde',
  source: 'exam',
  title: 'An <exam> & more',
  seed: 7,
  startedAt: '2026-01-01T10:00:00.000Z',
  endedAt: '2026-01-01T11:00:00.000Z',
  endedBy: 'time',
  minutes: 60,
  seconds: 3600,
  credits: [{ seconds: 90, reason: 'Docker stopped answering.', at: '' }],
  pass: 66,
  earned: 50,
  max: 75,
  score: 66.7,
  passed: true,
  topics: [{ topic: 'Topic', earned: 50, max: 75 }],
  questions: [
    question({}),
    question({ number: 2, verdict: 'fail', earned: 0, given: ['<script>alert(1)</script>'], message: 'Not "yet".' }),
    question({ number: 3, verdict: 'not-graded', earned: 0, given: ['=1+1'], title: 'One, two' }),
    question({ number: 4, verdict: 'not-answered', earned: 0, given: null }),
  ],
};

test('HTML is one file in which nothing runs and nothing is fetched', () => {
  const html = formats.html.write(report);
  expect(html).toContain('An &lt;exam&gt; &amp; more');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).not.toMatch(/<script|src=|href=|url\(|@import/);
  expect(html).toContain('66.7 %');
  expect(html).toContain('1 min 30 s given back: Docker stopped answering.');
  for (const word of ['Passed', 'Not passed', 'Could not be graded', 'Not answered']) expect(html).toContain(word);
});

test('CSV has a line for each question, quoted as RFC 4180 says, and no formula', () => {
  const lines = formats.csv.write(report).split('\r\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^number,topic,lab,question/);
  expect(lines[3]).toContain('"One, two"');
  expect(lines[3]).toContain(",'=1+1,");
});

test('JUnit counts what failed, what could not be graded and what was left out', () => {
  const xml = formats.junit.write(report);
  expect(xml).toContain('tests="4" failures="1" errors="1" skipped="1" time="3600"');
  expect(xml).toContain('<failure message="Not &quot;yet&quot;."/>');
  expect(isBalanced(xml)).toBe(true);
});

test('JSON is the report itself', () => {
  expect(JSON.parse(formats.json.write(report))).toEqual(report);
});

/** Whether every tag is closed: a build server must be able to read the file. */
const isBalanced = (xml: string): boolean => {
  const open: string[] = [];
  let fine = true;
  for (const [, close, name, alone] of xml.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (close) fine &&= open.pop() === name;
    else if (!alone) open.push(name ?? '');
  }
  return fine && open.length === 0;
};
