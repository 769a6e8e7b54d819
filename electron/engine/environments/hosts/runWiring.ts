import { LabError } from '../../../contract/error.ts';
import type { Agent } from '../../agent/agent.ts';

/** Long enough for a slow laptop to make dozens of links. Milliseconds. */
const DEADLINE = 20_000;

/** Runs one of the wiring scripts; what `ip` says of a failure is in the error. */
export const runWiring = async (agent: Agent, script: string): Promise<void> => {
  const { exit, stderr } = await agent.run(script, { deadlineMs: DEADLINE });
  if (exit === 0) return;
  const log = stderr.trim().split('\n');
  throw new LabError('environment-failed', `The links could not be made: ${log.slice(-3).join(' ')}`, {
    hint: 'Try again. If it stays so, `patchbay doctor` says whether this kernel has what the lab needs (veth, bridge).',
    data: { component: 'links', log: log.slice(-10) },
  });
};
