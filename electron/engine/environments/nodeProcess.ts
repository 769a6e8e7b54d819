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

/** Somebody removed these nodes' containers: nothing can be started in their place, for what was in them is lost. */
export const containersGone = (names: readonly string[]) =>
  new LabError(
    'conflict',
    `The ${names.length === 1 ? 'container' : 'containers'} of ${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} removed and cannot be started again.`,
    {
      hint: 'Reset the environment: all of it is made anew. What you passed in this run stays in its history.',
      data: { node: names[0], nodes: [...names], remedy: 'reset' },
    },
  );

/** Docker's name of a node's container. */
export const containerName = (run: string, node: string): string => `patchbay-${run}-${node}`;
