import type { Attempt, Availability, LabCard } from '../contract/models/lab.ts';
import type { RunSummary } from '../contract/models/run.ts';
import type { EngineStatus } from '../contract/models/status.ts';
import type { LoadedLab } from './catalog/lab.ts';

export interface CardPlace {
  readonly status: Pick<EngineStatus, 'docker' | 'images'>;
  /** Nodes that stand by. */
  readonly standby: number;
  readonly runs: readonly RunSummary[];
  /** Kernel features that were looked for and are not there. */
  readonly missingFeatures: ReadonlySet<string>;
}

/** A lab as the catalog shows it here and now. */
export const cardOf = (loaded: LoadedLab, place: CardPlace): LabCard => {
  if (loaded.state === 'broken') return { state: 'broken', id: loaded.id, mistakes: loaded.mistakes };
  const { lab } = loaded;
  const nodes = Object.keys(lab.environment.nodes);
  return {
    state: 'ok',
    id: lab.id,
    title: lab.title,
    summary: lab.summary,
    about: lab.about ?? '',
    minutes: lab.minutes,
    topics: [...lab.topics],
    environment: { kind: lab.environment.kind, nodes },
    questions: lab.questions.length,
    points: lab.questions.reduce((sum, question) => sum + (question.kind === 'info' ? 0 : question.weight), 0),
    needs: [...(lab.requires?.kernel ?? [])],
    availability: availabilityOf(lab.requires?.kernel ?? [], nodes.length, place),
    attempts: place.runs.filter((run) => run.lab === lab.id).map(attemptOf),
  };
};

const availabilityOf = (
  kernel: readonly string[],
  nodes: number,
  { status, standby, missingFeatures }: CardPlace,
): Availability => {
  const { docker, images } = status;
  if (docker.state === 'missing')
    return { state: 'unavailable', reason: docker.error.message, hint: docker.error.hint };
  if (images.state === 'failed') return { state: 'unavailable', reason: images.error.message, hint: images.error.hint };
  const missing = kernel.filter((feature) => missingFeatures.has(feature));
  if (missing.length > 0)
    return { state: 'unavailable', reason: `The kernel that Docker runs on has no ${missing.join(', ')}.`, hint: null };
  if (docker.state === 'connecting') return { state: 'preparing', reason: 'Looking for Docker', secondsLeft: null };
  if (images.state === 'preparing') {
    const left = images.steps.reduce(
      (sum, step) => sum + (step.state === 'done' ? 0 : Math.max((step.usual ?? 0) - (step.seconds ?? 0), 0)),
      0,
    );
    return { state: 'preparing', reason: 'Getting the images', secondsLeft: left > 0 ? Math.round(left) : null };
  }
  return standby >= nodes ? { state: 'ready' } : { state: 'startable', usualSeconds: 1 };
};

const attemptOf = (run: RunSummary): Attempt => ({
  run: run.id,
  startedAt: run.startedAt,
  state: run.finishedAt === null ? 'open' : 'finished',
  earned: run.score.earned,
  max: run.score.max,
});
