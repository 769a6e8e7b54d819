import type { ExamReport, ReportQuestion } from '../../../contract/models/exam.ts';
import { escaped } from './escaped.ts';
import style from './report.css?raw';

const words: Readonly<Record<ReportQuestion['verdict'], string>> = {
  pass: 'Passed',
  fail: 'Not passed',
  'not-answered': 'Not answered',
  'not-graded': 'Could not be graded',
};

/** One file that needs no other, to keep, to print or to send to an instructor. Nothing in it runs. */
export const htmlOf = (report: ExamReport): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(report.title)}: ${report.score} %</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(report.title)}</h1>
<p class="score"><strong>${report.score} %</strong> <span class="${report.passed ? 'pass' : 'fail'}">${report.passed ? 'Passed' : 'Not passed'}</span> <small>pass mark ${report.pass} %</small></p>
<p>${report.earned} of ${report.max} points in ${clock(report.seconds)} of ${clock(report.minutes * 60)}. Seed ${report.seed}, ended ${escaped(report.endedAt)}${report.endedBy === 'time' ? ' when time was up' : ''}.</p>
${report.credits.map(({ seconds, reason }) => `<p>${clock(seconds)} given back: ${escaped(reason)}</p>`).join('\n')}
<h2>By topic</h2>
<table><thead><tr><th>Topic</th><th>Earned</th><th>Of</th></tr></thead><tbody>
${report.topics.map(({ topic, earned, max }) => `<tr><td>${escaped(topic)}</td><td>${earned}</td><td>${max}</td></tr>`).join('\n')}
</tbody></table>
<h2>Questions</h2>
${report.questions.map(section).join('\n')}
</body>
</html>
`;

const section = (it: ReportQuestion): string => `<section>
<h3>${it.number}. ${escaped(it.title)} <span class="${it.verdict}">${words[it.verdict]}</span></h3>
<p class="meta">${escaped(it.topic)}, ${escaped(it.lab)}, ${it.earned} of ${it.points} points, ${clock(it.seconds)}${it.flagged ? ', flagged' : ''}</p>
<pre class="text">${escaped(it.text.trim())}</pre>
${it.given ? `<p>Your answer: <code>${escaped(it.given.join(', '))}</code></p>` : ''}
${list(it.seen.map(({ node, probe, of, field, values }) => `True then, on ${escaped(node)}: ${escaped([probe, of, field].filter(Boolean).join(' '))} <code>${escaped(values.join(', '))}</code>`))}
${it.message ? `<p>${escaped(it.message)}</p>` : ''}
${list(it.checks.map((check) => `${check.verdict === 'pass' ? 'Holds' : 'Does not hold'}: ${escaped(check.text)}`))}
${it.explanation ? `<details open><summary>Solution</summary><pre class="text">${escaped(it.explanation.trim())}</pre>${list(it.solution.map(({ node, run }) => `${escaped(node)}: <code>${escaped(run)}</code>`))}</details>` : ''}
</section>`;

const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const clock = (seconds: number): string => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.round(seconds % 60)];
  return [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '', hours === 0 ? `${rest} s` : '']
    .filter(Boolean)
    .join(' ');
};
