import type { Attempt, Availability, LabCard } from '../../contract/models/lab.ts';
import { drawLab } from './drawing/drawLab.ts';
import { kernelNeeds } from './kernelNeeds.ts';
import type { LoadedLab } from './lab.ts';
import { nodeNamesOf } from './nodeNames.ts';

/** What the catalog's page shows of a lab. `availability` and `attempts` are known to others. */
export const cardOf = (loaded: LoadedLab, availability: Availability, attempts: readonly Attempt[]): LabCard => {
  if (loaded.state === 'broken') return { state: 'broken', id: loaded.id, mistakes: [...loaded.mistakes] };
  const { lab } = loaded;
  return {
    state: 'ok',
    id: lab.id,
    title: lab.title,
    summary: lab.summary,
    about: lab.about ?? '',
    minutes: lab.minutes,
    topics: lab.topics,
    environment: { kind: lab.environment.kind, nodes: nodeNamesOf(lab.environment) },
    drawing: drawLab(lab),
    questions: lab.questions.length,
    points: lab.questions.reduce((sum, question) => sum + (question.kind === 'info' ? 0 : question.weight), 0),
    needs: kernelNeeds(lab),
    availability,
    attempts: [...attempts],
  };
};
