import type { ExpandedAnswer, ExpandedCheck, ExpandedChoice, ExpandedLook, ExpandedTask } from '../catalog/expanded.ts';

/** Questions for tests, with what a test does not care about filled in. */
const every = {
  title: 'A question',
  text: 'What?',
  after: [],
  break: [],
  weight: 1,
  hints: [],
  solution: null,
  nodes: ['a'],
};

export const lookAt = (
  probe: string,
  params: ExpandedLook['with'] = {},
  field: string | null = null,
  node = 'a',
): ExpandedLook => ({
  probe,
  with: params,
  node,
  field,
});

export const answerOf = (some: Partial<ExpandedAnswer>): ExpandedAnswer => ({
  ...every,
  kind: 'answer',
  id: 'question',
  type: 'mac',
  truth: { from: 'look', look: lookAt('interface', { name: 'eth0' }, 'address') },
  nearMisses: [],
  solve: { node: 'a', run: 'true' },
  ...some,
});

export const choiceOf = (some: Partial<ExpandedChoice>): ExpandedChoice => ({
  ...every,
  kind: 'choice',
  id: 'question',
  many: false,
  options: {
    from: 'live',
    truth: lookAt('interface', { name: 'eth0' }, 'address'),
    others: [lookAt('interface', {}, 'address', '*')],
    count: 3,
  },
  ...some,
});

export const checkOf = (some: Partial<ExpandedCheck>): ExpandedCheck => ({
  id: 'check',
  text: 'It holds',
  weight: 1,
  needs: [],
  look: lookAt('hostname'),
  expect: { is: 'equals', value: 'a' },
  deadline: null,
  otherwise: 'It does not hold',
  ...some,
});

export const taskOf = (checks: readonly ExpandedCheck[], some: Partial<ExpandedTask> = {}): ExpandedTask => ({
  ...every,
  kind: 'task',
  id: 'question',
  checks,
  solve: [{ node: 'a', run: 'true' }],
  alsoSolvedBy: [],
  nearMisses: [],
  undo: [],
  ...some,
});

/** What `ip -j -d link show` prints for interfaces with these MAC addresses. */
export const linksOf = (macs: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    Object.entries(macs).map(([ifname, address], index) => ({
      ifindex: index + 2,
      ifname,
      flags: ['UP', 'LOWER_UP'],
      mtu: 1500,
      operstate: 'UP',
      address,
    })),
  );

export const LINKS = 'ip -j -d link show';
