import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Docker } from '../../docker/docker.ts';
import { label } from '../../docker/labels.ts';
import { POOL_PREFIX } from '../../environments/hosts/nodeSpec.ts';
import { readLines } from '../journal/readLines.ts';
import { RecordBody } from '../journal/record.ts';
import { isRunId } from '../runId.ts';
import { foldRun, type RunState } from '../state.ts';

/** Every journal of a state directory, folded. Throws for one that cannot be read. */
export const foldAll = (stateDir: string): RunState[] => {
  const folder = join(stateDir, 'runs');
  return readdirSync(folder)
    .filter(isRunId)
    .flatMap((id) => {
      const path = join(folder, id, 'journal.ndjson');
      const state = foldRun(readLines(path, readFileSync(path, 'utf8'), RecordBody).records);
      return state ? [state] : [];
    });
};

/** Containers of this owner that no journal has adopted and that are neither helper nor pool; each as a line. */
export const orphans = async (docker: Docker, owner: string, stateDir: string): Promise<string[]> => {
  const adopted = new Map(
    foldAll(stateDir).flatMap((state) =>
      Object.entries(state.nodes).map(([node, id]) => [id, `patchbay-${state.created.run}-${node}`] as const),
    ),
  );
  const ours = await docker.list({ [label.owner]: owner });
  const lost = [...adopted].filter(([id]) => !ours.some((it) => it.id === id)).map(([, name]) => `${name} is gone`);
  const stray = ours.flatMap(({ id, name, state, labels }) => {
    const wanted = adopted.get(id);
    if (wanted !== undefined) return name === wanted && state === 'running' ? [] : [`${wanted} is ${name}, ${state}`];
    if (labels[label.role] === 'agent' && state === 'running') return [];
    if (name.startsWith(POOL_PREFIX) && state === 'paused') return [];
    return [`${name}, ${state}, belongs to nobody`];
  });
  return [...lost, ...stray];
};
