import { LabError } from '../../../../contract/error.ts';
import type { Docker } from '../../../docker/docker.ts';

/** Runs a script of ours on a node while a cluster is being made; `what` is told when it fails. */
export interface NodeShell {
  run(what: string, script: string, deadlineMs: number, stdin?: string): Promise<string>;
}

/** Rejects with `environment-failed`: node, component, the last lines that it printed. */
export const nodeShell = (docker: Docker, node: string, container: string): NodeShell => ({
  async run(what, script, deadlineMs, stdin) {
    const seconds = `${Math.ceil(deadlineMs / 1000)}`;
    const command = ['timeout', '-k', '2', seconds, 'bash', '-ec', script];
    const { exit, stdout, stderr } = await docker.execToEnd(container, command, {
      deadlineMs: deadlineMs + 5000,
      ...(stdin === undefined ? {} : { stdin }),
    });
    if (exit === 0) return stdout;
    const log = `${stdout}\n${stderr}`.trim().split('\n').slice(-12);
    const how = exit === 124 ? `was not done after ${seconds} s` : `ended with ${exit}`;
    throw new LabError('environment-failed', `${what} on ${node} ${how}: ${log.at(-1) ?? ''}`, {
      hint: 'Try again: images and what was made so far stay.',
      data: { node, component: what, log },
    });
  },
});
