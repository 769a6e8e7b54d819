import { count, seconds } from '../format.ts';

// A run whose environment is being made.

export const starting = {
  lead: (usual: number | null) =>
    `${usual === null ? '' : `Usually ${seconds(usual)} on this machine. `}The questions open as soon as the last step is done.`,
  failedLead: (kept: number) =>
    kept > 0 ? `Nothing you did. ${count(kept, 'step', 'steps')} done so far.` : 'Nothing you did.',
  state: 'Starting',
  failed: (step: number) => `Stopped at step ${step}`,
  stopped: 'Stopped',
  steps: 'Steps',
  doneAt: 'done at',
  usually: (s: number) => `usually ${s.toFixed(1)}`,
  node: 'Node',
  component: 'Component',
  log: 'Last lines of its log',
  see: 'See for yourself',
  retry: 'Retry this step',
  retrying: 'Retrying',
  afresh: 'Start afresh',
  afreshAsk: 'Start afresh? Press again',
  nodes: 'Nodes',
  about: 'About this run',
  aboutText: (questions: number, points: number) =>
    `${count(questions, 'question', 'questions')}, ${count(points, 'point', 'points')}. Every address and name in it follows from its seed.`,
  leave: 'Leaving this page does not stop the start.',
  stepState: { waiting: 'not reached', running: 'running', done: 'done', failed: 'failed' },
};
