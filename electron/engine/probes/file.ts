import { z } from 'zod';
import { compilePattern } from '../catalog/pattern.ts';
import { linePattern } from './params.ts';
import type { Probe } from './probe.ts';

const params = z.strictObject({
  path: z
    .string()
    .regex(/^\/[^\0]*$/, 'is not an absolute path')
    .describe('Absolute, in the node'),
  pattern: linePattern.optional(),
});

/**
 * A file of the node, read from outside. A file that is not there is a row with `exists` false and nothing else; with `pattern` there is a row for each line
 * that fits, and one without a value where none does.
 */
export const fileProbe: Probe<typeof params> = {
  name: 'file',
  about: 'A file of the node: whether it is there and what is in it',
  mode: 'observe',
  events: null,
  params,
  main: 'content',
  fields: {
    content: { type: 'text', about: 'Its text' },
    exists: { type: 'boolean', about: 'Whether it is there' },
    lines: { type: 'count', about: 'How many lines it has' },
    size: { type: 'count', about: 'Bytes' },
    value: { type: 'text', about: 'What the first group of `pattern` holds, or all that fits it' },
  },
  async read(node, { path, pattern }) {
    const bytes = await node.file(path);
    if (bytes === null) return [{ content: null, exists: false, lines: null, size: null, value: null }];
    const content = new TextDecoder().decode(bytes);
    const row = { content, exists: true, lines: linesIn(content), size: bytes.length };
    const values = pattern === undefined ? [] : valuesIn(content, pattern);
    return values.length === 0 ? [{ ...row, value: null }] : values.map((value) => ({ ...row, value }));
  },
};

const valuesIn = (content: string, pattern: string): string[] => {
  const compiled = compilePattern(pattern);
  // The schema has refused what does not compile.
  if ('wrong' in compiled) return [];
  return content.split('\n').flatMap((line) => compiled.valueIn(line) ?? []);
};

/** As `wc -l`, but a last line without its end counts too. */
const linesIn = (content: string): number => {
  if (content === '') return 0;
  return content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
};
