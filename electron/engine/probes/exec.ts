import { z } from 'zod';
import { LabError } from '../../contract/error.ts';
import type { ExecOutput } from '../docker/model.ts';
import type { Probe } from './probe.ts';

const params = z.strictObject({
  command: z
    .union([z.string().min(1), z.array(z.string()).min(1)])
    .describe("A line for the node's sh, or a program and its arguments"),
  seconds: z.number().min(0.1).max(30).default(5).describe('A command that takes longer is an error'),
});

/** What the engine and Docker may take beyond the command itself. Milliseconds. */
const GRACE = 3000;

/**
 * The escape hatch: runs a command inside the node, with the node's own files, so a learner can break or fake it. Use another probe where there
 * is one. Exit 126 and 127 (cannot be run), a signal or a time-out is an error; every other exit code is a result.
 */
export const execProbe: Probe<typeof params> = {
  name: 'exec',
  about: "Runs a command inside the node, with the node's own programs; for what no other probe reads",
  mode: 'observe',
  events: null,
  params,
  main: 'stdout',
  fields: {
    stdout: { type: 'text', about: 'What it printed' },
    stderr: { type: 'text', about: 'What it complained about' },
    exit: { type: 'count', about: 'Its exit code' },
  },
  limit: ({ seconds }) => seconds * 1000 + GRACE,
  async read(node, { command, seconds }) {
    const argv = typeof command === 'string' ? ['sh', '-c', command] : command;
    const output = await node.exec(argv, { deadlineMs: seconds * 1000 });
    const fault = faultIn(output);
    if (fault !== null) throw failed(node.name, argv, output, fault);
    return [{ stdout: output.stdout.trim(), stderr: output.stderr.trim(), exit: output.exit }];
  },
};

const faultIn = ({ exit }: ExecOutput): string | null => {
  if (exit === 124) return 'it took too long';
  if (exit === 126) return 'it cannot be run';
  if (exit === 127) return 'it was not found';
  // A shell tells a signal as 128 and its number; 255 and the like are exit codes of programs.
  if (exit > 128 && exit <= 192) return `it was ended by signal ${exit - 128}`;
  if (exit < 0) return `it ended with ${exit}`;
  return null;
};

const failed = (
  node: string,
  argv: readonly string[],
  { exit, stdout, stderr }: ExecOutput,
  fault: string,
): LabError => {
  const said = (stderr.trim() || stdout.trim()).slice(0, 300);
  return new LabError(
    'probe-failed',
    `The command \`${argv.join(' ')}\` on ${node} gave no result: ${fault}${said ? ` ("${said}")` : ''}.`,
    {
      hint: `This costs nothing. Check again; if it stays so, try the command in a terminal of ${node}, or reset the environment.`,
      data: { node, command: argv, exit, said },
    },
  );
};
