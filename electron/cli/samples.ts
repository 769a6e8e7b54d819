import type { RunView } from '../contract/models/run.ts';
import type { Outcome } from '../contract/models/verdict.ts';

const common = {
  title: 'T',
  text: 'What?',
  weight: 1,
  earned: 0,
  state: 'open' as const,
  flagged: false,
  attempts: 0,
  lastAt: null,
  message: null,
  hints: { shown: [], total: 0 },
  solution: null,
  hasSolution: true,
  seen: [],
  nodes: ['a'],
};
/** A run of four questions, one of each kind. */
export const view: RunView = {
  id: 'switching-abcde',
  lab: { id: 'switching', title: 'A switch', minutes: 20, edited: false },
  seed: 7,
  mode: 'practice',
  exam: null,
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
  elapsed: 0,
  environment: { state: 'running' },
  canPause: false,
  missingImages: [],
  nodes: [{ name: 'a', kind: 'host', container: 'patchbay-a', state: 'running' }],
  drawing: { nodes: [{ name: 'a', kind: 'host' }], links: [], networks: [] },
  questions: [
    { kind: 'answer', ...common, id: 'mac', number: 1, type: 'mac', label: 'MAC', given: null },
    { kind: 'choice', ...common, id: 'which', number: 2, options: [], many: true, given: null },
    { kind: 'task', ...common, id: 'reach', number: 3, checks: [] },
    { kind: 'info', ...common, id: 'note', number: 4 },
  ],
  current: 'mac',
  score: { earned: 0, max: 3 },
};
export const outcome = (question: string, verdict: Outcome['verdict']): Outcome => ({
  question,
  verdict,
  earned: verdict === 'pass' ? 1 : 0,
  weight: 1,
  checks: [],
  message: null,
});
