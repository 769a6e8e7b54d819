import { join } from 'node:path';
import { runs } from '../../../electron/contract/calls.ts';
import { Catalog } from '../../../electron/engine/catalog/catalog.ts';
import { expandLab } from '../../../electron/engine/catalog/expand.ts';
import type { ExpandedQuestion } from '../../../electron/engine/catalog/expanded.ts';
import { Labs } from '../../../electron/engine/labs.ts';
import { probeNamed, probes } from '../../../electron/engine/probes/table.ts';
import { root } from '../../setup/root.mjs';
import type { Measurement } from '../measurements.ts';
import { pairs } from '../pairs.ts';
import { oneExec } from '../peers/oneExec.ts';
import { type Row, row } from '../row.ts';
import type { Site } from '../site.ts';
import { median, spread } from '../statistics.ts';
import { within } from '../waiting.ts';

const LABS = ['switching', 'routing'];
const SEED = 7;

/** A lab that is solved, graded anew in one go: its questions that only observe, and those that send packets. */
export const grading: Measurement['measure'] = async (site) => {
  const rows: Row[] = [];
  for (const lab of LABS) rows.push(...(await gradingOf(lab, site)));
  return rows;
};

async function gradingOf(lab: string, site: Parameters<Measurement['measure']>[0]): Promise<Row[]> {
  const { engine, docker, say } = site;
  const client = await engine.client();
  const run = await engine.start(lab, SEED);
  try {
    say(`solving ${lab}`);
    const solved = await within(120_000, `solving ${lab}`, client.call(runs.solve, { run: run.id }));
    const missed = solved.outcomes.filter((it) => it.verdict !== 'pass');
    if (missed.length > 0) throw new Error(`${lab} is not solved: ${JSON.stringify(missed)}`);
    const container = run.nodes[0]?.container ?? '';
    const { observing, acting } = questionsOf(lab);
    const exec = () => timed(() => oneExec(docker, container, ['ip', '-j', 'addr']));
    const observed = await pairs({
      count: 30,
      warmUp: 3,
      say: (text) => say(`${lab}, observing: ${text}`),
      ours: () => timed(() => grade(site, run.id, observing)),
      peer: exec,
    });
    const acted = await pairs({
      count: 10,
      warmUp: 1,
      say: (text) => say(`${lab}, active: ${text}`),
      ours: () => timed(() => grade(site, run.id, acting)),
      peer: exec,
    });
    const note = ({ ours, peer }: typeof observed) =>
      `one exec of \`ip -j addr\` through dockerode; ${ours.length} pairs; ours ${spread(ours)}, peer ${spread(peer)}`;
    return [
      row({
        name: `grade ${lab}: all ${observing.length} questions that observe`,
        ours: median(observed.ours),
        peer: median(observed.peer),
        unit: 'ms',
        goal: { of: 'ratio', at: 'most', value: 1 },
        note: note(observed),
      }),
      row({
        name: `grade ${lab}: the ${acting.length} that send packets`,
        ours: median(acted.ours),
        peer: median(acted.peer),
        unit: 'ms',
        goal: null,
        note: note(acted),
      }),
    ];
  } finally {
    await engine.destroy(run.id);
  }
}

/** All at once, as the page's Check of the whole lab would; each is judged, and written down before it is answered. */
async function grade({ engine }: Site, run: string, questions: readonly string[]): Promise<void> {
  const client = await engine.client();
  const attempt = crypto.randomUUID();
  const graded = await within(
    20_000,
    'grading',
    Promise.all(questions.map((question) => client.call(runs.check, { run, question, attempt }))),
  );
  const wrong = graded.flatMap((it) => it.outcomes).filter((it) => it.verdict !== 'pass');
  if (wrong.length > 0) throw new Error(`graded as not passed: ${JSON.stringify(wrong)}`);
}

/** Those that are graded at all, told apart by whether any of their probes sends packets. */
function questionsOf(id: string): { observing: string[]; acting: string[] } {
  const lab = new Labs(new Catalog([join(root, 'labs')], probes)).get(id);
  const graded = expandLab(lab, SEED).questions.filter((it) => it.kind !== 'info');
  const acts = (question: ExpandedQuestion) => probesOf(question).some((it) => probeNamed(it)?.mode === 'act');
  return {
    observing: graded.filter((it) => !acts(it)).map((it) => it.id),
    acting: graded.filter(acts).map((it) => it.id),
  };
}

function probesOf(question: ExpandedQuestion): string[] {
  switch (question.kind) {
    case 'task':
      return question.checks.map((it) => it.look.probe);
    case 'answer':
      return question.truth.from === 'look' ? [question.truth.look.probe] : [];
    case 'choice':
      return question.options.from === 'live' ? [question.options.truth.probe] : [];
    case 'info':
      return [];
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
