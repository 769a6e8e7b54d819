/** For tests of runs: one small lab with a question of each kind, and the first record of a run of it. */
import type { ExpandedLab } from '../catalog/expanded.ts';
import { bareNode } from '../environments/hosts/bareNode.ts';
import { answerOf, checkOf, choiceOf, lookAt, taskOf } from '../grading/samples.ts';
import type { RecordBody } from './journal/record.ts';

export const createdRecord: Extract<RecordBody, { type: 'created' }> = {
  type: 'created',
  journal: 1,
  run: 'small-abcde',
  purpose: 'practice',
  lab: 'small',
  labTitle: 'Small',
  labMinutes: 5,
  labHash: 'h',
  seed: 7,
  actual: { who: 'first' },
  app: '0.1.0',
  attempt: 'start-1',
};

const host = (name: string, last: string) => ({
  ...bareNode,
  name,
  kind: 'host' as const,
  forwarding: false,
  hosts: [],
  routes: [],
  interfaces: [{ name: 'eth0', mac: `02:00:00:00:00:${last}`, addresses: [], mtu: null, state: 'up' as const }],
});

/** What must never leave the engine is written `secret` in it. */
export const smallLab: ExpandedLab = {
  id: 'small',
  hash: 'h',
  title: 'Small',
  summary: 'Two hosts.',
  minutes: 5,
  kernel: [],
  actual: { who: 'first' },
  environment: {
    kind: 'hosts',
    nodes: [host('a', '0a'), host('b', '0b')],
    links: [{ a: { node: 'a', interface: 'eth0' }, b: { node: 'b', interface: 'eth0' } }],
  },
  questions: [
    answerOf({
      id: 'mac',
      weight: 2,
      truth: { from: 'value', value: 'secret' },
      hints: ['One.', 'Two.'],
      solution: 'Because.',
      nearMisses: [{ from: 'value', value: 'secret-miss', because: 'secret-reason' }],
      solve: { node: 'a', run: 'cat /sys/class/net/eth0/address' },
    }),
    choiceOf({
      id: 'why',
      options: {
        from: 'prose',
        list: [
          { text: 'It is so', right: true },
          { text: 'It is not', right: false },
        ],
      },
    }),
    taskOf(
      [
        checkOf({ id: 'named', look: lookAt('hostname'), expect: { is: 'equals', value: 'secret-name' } }),
        checkOf({ id: 'other', needs: ['named'], weight: 2, otherwise: 'b is not so' }),
      ],
      { id: 'name', weight: 3, solve: [{ node: 'a', run: 'hostname x' }] },
    ),
    {
      kind: 'info',
      id: 'note',
      title: 'A note',
      text: 'Read.',
      after: [],
      break: [],
      weight: 0,
      hints: [],
      solution: null,
      nodes: [],
    },
  ],
};
