import type { LabCard } from '../../electron/contract/models/lab.ts';
import type { RunSummary } from '../../electron/contract/models/run.ts';

export type GoodLab = Extract<LabCard, { state: 'ok' }>;
export type BrokenLab = Extract<LabCard, { state: 'broken' }>;

/** What the learner wants to see of the catalog. */
export type Show = { by: 'all' } | { by: 'topic'; topic: string } | { by: 'open' } | { by: 'ready' };

export interface Shelf {
  /** Empty for labs without a topic. */
  readonly topic: string;
  readonly labs: GoodLab[];
}

export const isGood = (lab: LabCard): lab is GoodLab => lab.state === 'ok';
export const isBroken = (lab: LabCard): lab is BrokenLab => lab.state === 'broken';

/** A lab stands on the shelf of its first topic. Shelves are in the order in which the catalog names them. */
export function shelvesOf(labs: readonly GoodLab[]): Shelf[] {
  const shelves = new Map<string, GoodLab[]>();
  for (const lab of labs) {
    const topic = lab.topics[0] ?? '';
    shelves.set(topic, [...(shelves.get(topic) ?? []), lab]);
  }
  return [...shelves].map(([topic, on]) => ({ topic, labs: on }));
}

export function shown(lab: GoodLab, show: Show, words: string, runs: readonly RunSummary[]): boolean {
  const text = [lab.title, lab.summary, lab.id, ...lab.topics].join(' ').toLowerCase();
  if (
    !words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word))
  )
    return false;
  if (show.by === 'topic') return (lab.topics[0] ?? '') === show.topic;
  if (show.by === 'open') return openRunOf(lab, runs) !== undefined;
  return show.by === 'all' || lab.availability.state === 'ready';
}

/** The newest run of a lab that can be gone on with. */
export const openRunOf = (lab: GoodLab, runs: readonly RunSummary[]): RunSummary | undefined =>
  runs
    .filter((it) => it.lab === lab.id && it.finishedAt === null && it.environment !== 'destroyed')
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0];

/** The first question that is not passed, from 1; the last one when all are. */
export function placeIn(run: RunSummary): number {
  const first = run.questions.findIndex((it) => it.state !== 'pass');
  return first < 0 ? run.questions.length : first + 1;
}

/** The best share of points so far, 0 to 1; null when the lab was never tried. */
export function bestOf(lab: GoodLab): number | null {
  const shares = lab.attempts.map((it) => (it.max > 0 ? it.earned / it.max : 0));
  return shares.length ? Math.max(...shares) : null;
}

/** `network-namespaces` as a heading. */
export const topicTitle = (topic: string): string => {
  const words = topic.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
