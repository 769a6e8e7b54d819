import { z } from 'zod';
import type { Probe } from './probe.ts';

const params = z.strictObject({
  path: z
    .string()
    .regex(/^\/[^\0]*$/, 'is not an absolute path')
    .describe('Absolute, in the node'),
});

/** A file of the node, read from outside. A file that is not there is a row with `exists` false and nothing else. */
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
  },
  async read(node, { path }) {
    const bytes = await node.file(path);
    if (bytes === null) return [{ content: null, exists: false, lines: null, size: null }];
    const content = new TextDecoder().decode(bytes);
    return [{ content, exists: true, lines: linesIn(content), size: bytes.length }];
  },
};

/** As `wc -l`, but a last line without its end counts too. */
const linesIn = (content: string): number => {
  if (content === '') return 0;
  return content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
};
