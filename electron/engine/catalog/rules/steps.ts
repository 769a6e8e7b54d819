import { allSteps } from './allSteps.ts';
import { nodeNames } from './places.ts';
import type { Rule } from './rule.ts';

/** Everything that is typed or run is so on a node that is there, and is one line. */
export const steps: Rule = ({ lab, samples, tell }) => {
  const known = nodeNames(lab);
  for (const { path, step } of allSteps(lab)) {
    if (step.run?.trim().includes('\n'))
      tell({ path: [...path, 'run'], message: 'a step is one line; write a step for each' });
    if (step.node === undefined || !known) continue;
    for (const name of samples.possible(step.node))
      if (!known.includes(name)) tell({ path: [...path, 'node'], message: `no node \`${name}\``, word: name, known });
  }
};
