import type { LabCard } from '../../electron/contract/models/lab.ts';
import type { QuestionView, RunSummary, RunView } from '../../electron/contract/models/run.ts';
import type { EngineStatus } from '../../electron/contract/models/status.ts';

type GoodLab = Extract<LabCard, { state: 'ok' }>;
type Kind = QuestionView['kind'];
type Of<K extends Kind> = Extract<QuestionView, { kind: K }>;

const base: Omit<Of<'info'>, 'kind' | 'id' | 'number' | 'title' | 'text'> = {
  weight: 1,
  earned: 0,
  state: 'open',
  flagged: false,
  attempts: 0,
  lastAt: null,
  message: null,
  hints: { shown: [], total: 2 },
  solution: null,
  hasSolution: true,
  seen: [],
  nodes: ['a'],
};

export const anAnswer = (more: Partial<Of<'answer'>> = {}): Of<'answer'> => ({
  ...structuredClone(base),
  kind: 'answer',
  id: 'mac',
  number: 1,
  title: 'Address of `eth0`',
  text: 'What is the MAC address of `eth0` on **a**?',
  type: 'mac',
  label: 'MAC address',
  given: null,
  ...more,
});

export const aChoice = (more: Partial<Of<'choice'>> = {}): Of<'choice'> => ({
  ...structuredClone(base),
  kind: 'choice',
  id: 'which',
  number: 2,
  title: 'The router on the right',
  text: "Which of these is the router's address on **b**'s network?",
  options: ['10.9.8.1', '10.9.8.10', '192.168.4.1'].map((text) => ({ text, mono: true })),
  many: false,
  given: null,
  ...more,
});

export const aTask = (more: Partial<Of<'task'>> = {}): Of<'task'> => ({
  ...structuredClone(base),
  kind: 'task',
  id: 'reach',
  number: 3,
  title: 'Let **a** and **b** reach each other',
  text: 'Make **a** and **b** reach each other through the router. Leave the addresses as they are.',
  weight: 3,
  nodes: ['a', 'b'],
  checks: [
    aCheck('there', 'a', '**a** sends packets for `10.9.8.0/24` to the router'),
    aCheck('back', 'b', '**b** sends packets for `192.168.4.0/24` to the router'),
    aCheck('ping', 'a', '`10.9.8.10` answers'),
  ],
  ...more,
});

export const anInfo = (more: Partial<Of<'info'>> = {}): Of<'info'> => ({
  ...structuredClone(base),
  kind: 'info',
  id: 'note',
  number: 4,
  title: 'How a router decides',
  text: 'The longest prefix wins.',
  weight: 0,
  hasSolution: false,
  hints: { shown: [], total: 0 },
  ...more,
});

const aCheck = (id: string, node: string, text: string): Of<'task'>['checks'][number] => ({
  id,
  text,
  node,
  weight: 1,
  state: 'waiting',
  holds: null,
  message: null,
});

export const aDrawing: RunView['drawing'] = {
  nodes: [
    { name: 'a', kind: 'host' },
    { name: 'router', kind: 'router' },
    { name: 'b', kind: 'host' },
    { name: 'sw1', kind: 'switch' },
  ],
  links: [
    {
      a: { node: 'a', port: 'eth0', addresses: ['192.168.4.10'] },
      b: { node: 'sw1', port: 'port1', addresses: [] },
      segment: 0,
    },
    {
      a: { node: 'router', port: 'eth0', addresses: [] },
      b: { node: 'sw1', port: 'port2', addresses: [] },
      segment: 0,
    },
    {
      a: { node: 'router', port: 'eth1', addresses: [] },
      b: { node: 'b', port: 'eth0', addresses: ['10.9.8.10/24'] },
      segment: 1,
    },
  ],
  networks: [{ name: '', range: '192.168.4.0/24', segment: 0 }],
};

export const aRun = (more: Partial<RunView> = {}): RunView => ({
  id: 'routing-abcde',
  lab: { id: 'routing', title: 'A router between networks', minutes: 25, edited: false },
  seed: 271828,
  mode: 'practice',
  exam: null,
  startedAt: '2026-11-22T10:00:00Z',
  finishedAt: null,
  elapsed: 1122,
  environment: { state: 'running' },
  canPause: false,
  missingImages: [],
  nodes: [
    { name: 'a', kind: 'host', container: 'pb-a', state: 'running' },
    { name: 'b', kind: 'host', container: 'pb-b', state: 'running' },
    { name: 'router', kind: 'router', container: 'pb-router', state: 'running' },
  ],
  drawing: aDrawing,
  questions: [anAnswer(), aChoice(), aTask(), anInfo()],
  current: 'mac',
  score: { earned: 0, max: 5 },
  ...more,
});

export const aSummary = (more: Partial<RunSummary> = {}): RunSummary => ({
  id: 'routing-abcde',
  lab: 'routing',
  title: 'A router between networks',
  seed: 271828,
  startedAt: '2026-11-22T10:00:00Z',
  finishedAt: null,
  environment: 'running',
  score: { earned: 1, max: 5 },
  questions: [
    { id: 'mac', kind: 'answer', state: 'pass' },
    { id: 'which', kind: 'choice', state: 'fail' },
    { id: 'reach', kind: 'task', state: 'open' },
    { id: 'note', kind: 'info', state: 'open' },
  ],
  ...more,
});

export const aLab = (more: Partial<GoodLab> = {}): GoodLab => ({
  state: 'ok',
  id: 'routing',
  title: 'A router between networks',
  summary: 'Routes on both sides, and forwarding',
  about:
    'Two networks that do not know each other, and a router that could introduce them. Each run draws new addresses.',
  minutes: 25,
  topics: ['routing'],
  environment: { kind: 'hosts', nodes: ['a', 'b', 'router'] },
  drawing: aDrawing,
  questions: 8,
  points: 14,
  needs: ['veth', 'bridge'],
  availability: { state: 'ready' },
  attempts: [],
  ...more,
});

export const aBrokenLab: LabCard = {
  state: 'broken',
  id: 'dns',
  mistakes: [
    { file: 'lab.yaml', line: 12, column: 5, message: 'There is no probe `adress`.', nearest: 'address' },
    { file: 'lab.yaml', line: 31, column: 9, message: 'Question `mx` has no `solve`.', nearest: null },
  ],
};

export const aStatus = (more: Partial<EngineStatus> = {}): EngineStatus => ({
  version: '0.1.0',
  docker: { state: 'ready', version: '28.2', endpoint: 'unix:///var/run/docker.sock', own: false },
  images: { state: 'ready' },
  cluster: { state: 'ready' },
  dockerNode: { state: 'ready' },
  nodes: { running: 0, standby: 2 },
  memory: { used: 1.4 * 2 ** 30, total: 8 * 2 ** 30 },
  hostTerminal: false,
  ...more,
});
