import { z } from 'zod';
import { LabError } from '../../contract/error.ts';
import type { ScriptResult } from '../agent/agent.ts';
import type { NodeHandle } from '../environments/environment.ts';

/** Milliseconds that one read may take. */
export const READ_DEADLINE = 2000;

/**
 * Runs one of our own iproute2 commands in the node's network namespace and parses what it prints.
 * Rejects with `probe-failed` when it fails or prints something else than its list.
 */
export const readJson = async <Entry extends z.ZodType>(
  node: NodeHandle,
  command: readonly string[],
  entry: Entry,
): Promise<z.output<Entry>[]> => {
  const result = await node.net(command, { deadlineMs: READ_DEADLINE });
  if (result.exit !== 0) throw unreadable(node, command, result);
  return parseJson(node, command, result, entry);
};

export const parseJson = <Entry extends z.ZodType>(
  node: NodeHandle,
  command: readonly string[],
  result: ScriptResult,
  entry: Entry,
): z.output<Entry>[] => {
  const parsed = z.array(entry).safeParse(fromJson(result.stdout));
  if (!parsed.success) throw unreadable(node, command, result, parsed.error);
  return parsed.data;
};

/** A fault of ours: the tool failed, or its output is not what it should be. */
export const unreadable = (
  node: NodeHandle,
  command: readonly string[],
  result: ScriptResult,
  cause?: unknown,
): LabError => {
  const said = (result.stderr.trim() || result.stdout.trim()).slice(0, 300);
  return new LabError(
    'probe-failed',
    `Patchbay could not read ${node.name}: \`${command.join(' ')}\` ended with ${result.exit}${said ? ` and said "${said}"` : ' and said nothing'}.`,
    {
      hint: 'This is not your mistake and costs nothing. Check again; if it stays so, reset the environment, and see `patchbay doctor`.',
      data: { node: node.name, command, exit: result.exit, said },
      cause,
    },
  );
};

const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
