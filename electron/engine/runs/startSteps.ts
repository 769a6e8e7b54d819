import type { Step } from '../../contract/models/progress.ts';
import type { Plan } from '../environments/plans.ts';
import { StepList } from '../progress/stepList.ts';

/** Before the steps of the environment itself. Seconds where nothing was measured yet; most often there is nothing to do. */
const SITE = { id: 'site', title: 'Docker and images', usual: 60 };

/** The steps of a start, `site` first. */
export const startSteps = ({ steps }: Plan, onSteps: (steps: Step[]) => void): StepList => {
  const planned = [SITE, ...steps];
  return new StepList(
    Object.fromEntries(planned.map(({ id, title }) => [id, title])),
    onSteps,
    Object.fromEntries(planned.flatMap(({ id, usual }) => (usual === null ? [] : [[id, usual]]))),
  );
};
