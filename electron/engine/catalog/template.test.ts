// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of labs are written like this.
import { expect, test } from 'vitest';
import { parseSubnet } from './subnet.ts';
import { type Bindings, type Bound, fill, TemplateError, templatesIn } from './template.ts';

const subnet = parseSubnet('192.168.4.0/24');
const bindings: Bindings = new Map<string, Bound>([
  ...(subnet ? [['left', { kind: 'subnet', subnet }] as const] : []),
  ['card', { kind: 'plain', text: '02:00:00:00:00:01' }],
]);

test.each([
  ['${left}', '192.168.4.0/24'],
  ['${left.cidr}', '192.168.4.0/24'],
  ['${left.network}', '192.168.4.0'],
  ['${left.prefix}', '24'],
  ['${left.mask}', '255.255.255.0'],
  ['${left.broadcast}', '192.168.4.255'],
  ['${left[10]}', '192.168.4.10'],
  ['${left[-2]}', '192.168.4.254'],
  ['${left[10].cidr}', '192.168.4.10/24'],
  ['a ${card} and ${left[1]}', 'a 02:00:00:00:00:01 and 192.168.4.1'],
  ['in bash: $${left} and $HOME', 'in bash: ${left} and $HOME'],
])('%s is %s', (text, filled) => {
  expect(fill(text, bindings)).toBe(filled);
});

test.each([
  '${right}',
  '${left.maks}',
  '${left[10].mask}',
  '${left[256]}',
  '${card.cidr}',
  '${card[1]}',
  '${}',
  '${left',
  '${left[a]}',
])('%s cannot be replaced', (text) => {
  expect(() => fill(text, bindings)).toThrow(TemplateError);
});

test('the templates of a text are found, escaped ones are not', () => {
  expect(templatesIn('${a} $${b} ${c[1].cidr} ${')).toEqual(['${a}', '${c[1].cidr}', '${']);
});
