import { LabError } from '../../contract/error.ts';

export interface NodeProcess {
  readonly name: string;
  /** Docker's id. */
  readonly container: string;
  /** Pid of its first process; 0 when it does not run. */
  readonly pid: number;
}

export const nodeStopped = (name: string) =>
  new LabError('node-stopped', `The node ${name} is not running.`, {
    hint: `This is not a wrong answer. Start it again with "Start again" or \`patchbay reset\`.`,
    data: { node: name },
  });

/** Docker's name of a node's container. */
export const containerName = (run: string, node: string): string => `patchbay-${run}-${node}`;
