import { expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

const found = (source: string, text: string) => {
  const pattern = compilePattern(source);
  return 'wrong' in pattern ? pattern.wrong : pattern.isIn(text);
};

test.each([
  ['^search lab$', 'a\nsearch lab\n', true],
  ['^search', 'research lab', false],
  ['(?i)NameServer\\s+10\\.', 'nameserver 10.0.0.1', true],
  ['^$', '', true],
])('%s in %j: %s', (source, text, is) => expect(found(source, text)).toBe(is));

test('what is none is told with the reason, and so is what cannot be had in linear time', () => {
  expect(found('(', '')).toMatch(/^`\(` is not a regular expression: missing closing \)/);
  expect(found('(?=a)b', '')).toContain('invalid or unsupported Perl syntax: `(?=`');
  expect(found('(a)\\1', '')).toContain('invalid escape sequence');
  expect(found('((a{1,100}){1,100}){1,100}', '')).toContain('invalid repeat count');
});

test.each(['(a+)+$', '^(a|a)*$', '(.*a){12}$', '([a-z]+)*!$'])(
  '%s ends on a text on which others never do',
  (source) => {
    const began = performance.now();
    expect(found(source, `${'a'.repeat(100_000)}?`)).toBe(false);
    // A backtracking engine would need longer than the universe is old; the bound is generous, for machines are busy.
    expect(performance.now() - began).toBeLessThan(10_000);
  },
);

test.each([
  ['Using (\\w+) Proxier', 'Using iptables Proxier', 'iptables'],
  ['\\w+ Proxier', 'Using iptables Proxier', 'iptables Proxier'],
  ['(x)?y', 'y', ''],
  ['z', 'y', null],
])('the value of %s in %j is %j', (source, text, value) => {
  const compiled = compilePattern(source);
  expect('wrong' in compiled ? compiled.wrong : compiled.valueIn(text)).toBe(value);
});
