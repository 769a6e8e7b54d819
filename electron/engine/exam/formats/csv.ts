import type { ExamReport } from '../../../contract/models/exam.ts';

const head = [
  'number',
  'topic',
  'lab',
  'question',
  'kind',
  'title',
  'verdict',
  'points',
  'earned',
  'answer',
  'seconds',
  'flagged',
];

/** A line for each question. Source: RFC 4180; what a spreadsheet would take for a formula is told as text. */
export const csvOf = ({ questions }: ExamReport): string =>
  [
    head,
    ...questions.map((it) => [
      ...[it.number, it.topic, it.lab, it.id, it.kind, it.title, it.verdict, it.points, it.earned],
      ...[it.given?.join('; ') ?? '', it.seconds, it.flagged],
    ]),
  ]
    .map((row) => `${row.map((cell) => quoted(String(cell))).join(',')}\r\n`)
    .join('');

const quoted = (cell: string): string => {
  const text = /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
