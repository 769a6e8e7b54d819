import { count, day, seconds } from '../format.ts';

// The list of labs, what can be started, and how it is set up.

export const catalog = {
  title: 'Labs',
  topics: 'Topics',
  show: 'Show',
  all: 'All labs',
  inProgress: 'In progress',
  ready: 'Ready instantly',
  notTried: 'Not tried',
  other: 'Other',
  search: 'Search labs',
  labs: (n: number) => count(n, 'lab', 'labs'),
  nodes: (n: number) => count(n, 'node', 'nodes'),
  minutes: (n: number) => `${n} min`,
  best: (percent: number) => `best so far ${percent}%`,
  resume: (at: number, of: number, environment: string) => `question ${at} of ${of}, ${environment}`,
  points: (earned: number, max: number) => `${earned} of ${count(max, 'point', 'points')}`,
  progress: (questions: number, passed: number) => `${count(questions, 'question', 'questions')}, ${passed} passed`,
  continue: 'Continue',
  selected: 'Selected lab',
  none: 'No lab matches',
  noneHint: 'Search for another word, or show all labs.',
  noLabs: 'There are no labs',
  noLabsHint: 'A lab is a folder with a lab.yaml. On the command line, npx patchbay new my-lab starts one.',
  showAll: 'Show all labs',
  facts: (topics: string, questions: number, minutes: number) =>
    [topics, count(questions, 'question', 'questions'), `${minutes}\u00a0min`].filter(Boolean).join(', '),
  practice: 'Practice',
  starting: 'Starting',
  seed: 'Seed',
  seedHint: 'The same seed gives the same addresses and names. Empty: a new one.',
  seedWrong: 'A seed is a whole number from 0 to 4294967295.',
  environment: 'Environment',
  needs: 'Needs',
  yourRuns: 'Your runs',
  resumeRun: (date: string) => `Continue the run of ${date}`,
  day,
  broken: 'Does not load',
  brokenTitle: (id: string, n: number) => `${id}: ${count(n, 'mistake', 'mistakes')}`,
  brokenHint: 'This lab cannot be started until its files are mended. The other labs are not affected.',
  nearest: (word: string) => `Did you mean ${word}?`,
  lint: 'Check again with',
};

export const availability = {
  ready: 'Ready instantly',
  startable: (usual: number | null) => (usual === null ? 'Can be started' : `Starts in ${seconds(usual)}`),
  left: (s: number) => `${seconds(s)} left`,
  short: 'No room now',
  unavailable: 'Unavailable',
  running: 'Running',
  runningAt: (at: number, of: number) => `question ${at} of ${of}`,
};

export const setup = {
  missing: 'Docker does not answer yet',
  connecting: 'Looking for Docker',
  preparing: 'Getting the images ready',
  preparingHint: 'This happens once. Labs can be started when the last step is done.',
  failed: 'The images could not be made ready',
  again: 'Try again',
  trying: 'Trying',
  elapsed: (s: number) => `${seconds(s)} so far`,
  usual: (s: number) => `usually ${seconds(s)}`,
};
