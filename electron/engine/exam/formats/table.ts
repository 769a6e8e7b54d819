import type { ExamReport, ReportFormat } from '../../../contract/models/exam.ts';
import { csvOf } from './csv.ts';
import { htmlOf } from './html.ts';
import { junitOf } from './junit.ts';

interface Format {
  /** Of the file that it is saved as. */
  readonly extension: string;
  write(report: ExamReport): string;
}

/** In what a report can be saved: a new format is one file and one line here. */
export const formats: Readonly<Record<ReportFormat, Format>> = {
  html: { extension: 'html', write: htmlOf },
  json: { extension: 'json', write: (report) => `${JSON.stringify(report, null, 2)}\n` },
  csv: { extension: 'csv', write: csvOf },
  junit: { extension: 'xml', write: junitOf },
};
