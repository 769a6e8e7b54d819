import { expect, test } from 'vitest';
import type { Expectation } from '../catalog/expanded.ts';
import type { Scalar, ValueType } from '../probes/probe.ts';
import { meets } from './expectation.ts';

const is = (of: Expectation) => of;

test.each<[ValueType, Scalar[], Expectation, boolean]>([
  ['ip', ['10.0.0.1'], is({ is: 'equals', value: '10.0.0.1' }), true],
  ['ip', ['10.0.0.1'], is({ is: 'equals', value: '10.0.0.2' }), false],
  ['ip', ['10.0.0.9', '10.0.0.1'], is({ is: 'equals', value: '10.0.0.1' }), true],
  ['ip', [], is({ is: 'equals', value: '10.0.0.1' }), false],
  ['mac', ['02:0a:00:00:00:01'], is({ is: 'equals', value: '02-0A-00-00-00-01' }), true],
  ['mac', ['10.0.0.1'], is({ is: 'equals', value: '02-0A-00-00-00-01' }), false],
  ['name', ['UP'], is({ is: 'equals', value: 'up' }), true],
  ['text', ['1'], is({ is: 'equals', value: 1 }), true],
  ['count', [24], is({ is: 'equals', value: '24' }), true],
  ['boolean', [true], is({ is: 'equals', value: true }), true],
  ['boolean', [false], is({ is: 'equals', value: true }), false],
  ['cidr', ['default'], is({ is: 'equals', value: '0.0.0.0/0' }), true],

  ['name', ['UP'], is({ is: 'not', value: 'DOWN' }), true],
  ['name', ['DOWN'], is({ is: 'not', value: 'down' }), false],
  ['name', ['UP', 'DOWN'], is({ is: 'not', value: 'DOWN' }), false],
  ['name', [], is({ is: 'not', value: 'DOWN' }), true],

  ['count', [1], is({ is: 'at-least', value: 1 }), true],
  ['count', [0], is({ is: 'at-least', value: 1 }), false],
  ['count', [], is({ is: 'at-least', value: 0 }), false],
  ['text', ['12'], is({ is: 'at-least', value: 9 }), true],
  ['text', ['x'], is({ is: 'at-least', value: 0 }), false],
  ['text', [''], is({ is: 'at-least', value: 0 }), false],
  ['count', [1500], is({ is: 'at-most', value: 1400 }), false],
  ['count', [1400], is({ is: 'at-most', value: 1400 }), true],
  ['text', [''], is({ is: 'at-most', value: 5 }), false],

  ['interface', ['eth1'], is({ is: 'one-of', values: ['eth0', 'eth1'] }), true],
  ['interface', ['eth2'], is({ is: 'one-of', values: ['eth0', 'eth1'] }), false],
  ['text', ['nameserver\t10.0.0.1\n'], is({ is: 'contains', value: 'nameserver 10.0.0.1' }), true],
  ['text', ['nameserver 10.0.0.2'], is({ is: 'contains', value: '10.0.0.1' }), false],
  ['text', ['a\nsearch lab\n'], is({ is: 'matches', pattern: '^search lab$' }), true],
  ['text', ['research lab'], is({ is: 'matches', pattern: '^search' }), false],
  ['interface', ['eth0'], is({ is: 'exists', value: true }), true],
  ['interface', [], is({ is: 'exists', value: true }), false],
  ['interface', [], is({ is: 'exists', value: false }), true],
  ['text', [''], is({ is: 'exists', value: true }), true],
])('%s %j, %j: %s', (type, values, expectation, holds) =>
  expect(meets({ type, field: 'x', values }, expectation)).toBe(holds),
);

test.each<[ValueType, Expectation]>([
  ['mac', { is: 'equals', value: 'eth0' }],
  ['ip', { is: 'not', value: '10.0.0' }],
  ['count', { is: 'one-of', values: [1, 'many'] }],
  ['text', { is: 'matches', pattern: '(' }],
])('%s, %j is a mistake in the lab, not the learner', (type, expectation) => {
  expect(() => meets({ type, field: 'x', values: ['1'] }, expectation)).toThrow(
    expect.objectContaining({ code: 'lab-invalid' }),
  );
});
