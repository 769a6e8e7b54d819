import { LabError } from '../../../contract/error.ts';
import type { Docker } from '../../docker/docker.ts';
import type { Containers } from '../provider.ts';

/** Where a node's first process writes what dockerd says. */
const LOG = '/var/log/docker.log';
const LINES = 10;

/**
 * A failed start with what is known about it: the last lines of the node's own dockerd, or of the node itself where it has ended. What has its lines
 * already keeps them.
 */
export const diagnosed = async (docker: Docker, containers: Containers, thrown: unknown): Promise<LabError> => {
  const error = LabError.from(thrown);
  const { node, log } = error.data;
  const container = typeof node === 'string' ? containers[node] : undefined;
  const said = Array.isArray(log) || !container ? null : await lastLines(docker, container);
  return new LabError(error.code === 'timeout' ? 'environment-failed' : error.code, error.message, {
    hint: error.hint ?? 'Try again. If it stays so, `patchbay doctor` looks at Docker more closely.',
    data: { ...error.data, ...(said ? { log: said } : {}) },
    cause: error,
  });
};

const lastLines = async (docker: Docker, container: string): Promise<string[]> => {
  const file = await docker.readFile(container, LOG).catch(() => null);
  const text = file ? new TextDecoder().decode(file) : await docker.logs(container, LINES).catch(() => '');
  return text.trim().split('\n').slice(-LINES);
};
