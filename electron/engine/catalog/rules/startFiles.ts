import { posix } from 'node:path';
import { hostsOf } from './places.ts';
import type { Rule } from './rule.ts';

/** Characters of one file: they are sent along with every start. */
const LIMIT = 64 * 1024;

/** Folders that are the kernel's. */
const kernels = ['/proc/', '/sys/', '/dev/'];

/** Written anew from the lab at each start of a node, by the wiring. */
const ours: Readonly<Record<string, string>> = {
  '/etc/hosts': 'lines of it stand in `hosts`',
  '/etc/hostname': 'it is the name of the node',
};

/** Files and lines of a node's start are such as can be written and run. */
export const startFiles: Rule = ({ lab, tell }) => {
  for (const [name, node] of Object.entries(hostsOf(lab)?.nodes ?? {})) {
    const path = ['environment', 'nodes', name];
    for (const [file, written] of Object.entries(node?.files ?? {})) {
      const wrong = wrongPath(file);
      if (wrong) tell({ path: [...path, 'files', file], spot: { on: 'key' }, message: wrong });
      const content = typeof written === 'string' ? written : written?.content;
      if (content === undefined) continue;
      if (content.includes('\0')) tell({ path: [...path, 'files', file], message: 'a file cannot hold a zero byte' });
      if (content.length > LIMIT)
        tell({ path: [...path, 'files', file], message: `a file has at most ${LIMIT} characters` });
    }
    for (const [index, line] of (node?.start ?? []).entries())
      if (line?.trim().includes('\n'))
        tell({ path: [...path, 'start', index], message: 'a line of `start` is one line; write one for each' });
  }
};

const wrongPath = (path: string): string | null => {
  if (!path.startsWith('/') || posix.normalize(path) !== path || path.endsWith('/'))
    return `\`${path}\` is not the absolute path of a file`;
  if (kernels.some((folder) => path.startsWith(folder))) return `\`${path}\` is the kernel's own`;
  const why = ours[path];
  return why === undefined ? null : `\`${path}\` is written by itself: ${why}`;
};
