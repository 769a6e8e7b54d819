import { LabError } from '../../../contract/error.ts';
import type { Docker } from '../../docker/docker.ts';
import type { NodeProcess } from '../nodeProcess.ts';
import program from './unseen.sh?raw';

/** What is done in a node where the learner does not look: a file is written (mode in octal digits), or a line is run by bash. */
export type Unseen =
  | { readonly do: 'file'; readonly path: string; readonly mode: string; readonly content: string }
  | { readonly do: 'run'; readonly line: string };

/** A line that takes longer has gone wrong; what is to go on is put in the background. */
const LINE_SECONDS = 60;
/** What Docker and the files take beside the lines. Milliseconds. */
const GRACE = 10_000;
/** With which our program says that one of them failed. */
const FAILED = 3;

type Place = Pick<NodeProcess, 'name' | 'container'>;

/**
 * In the given order, as root, each line by a bash of its own; nothing of it is left in a terminal, a history or a list of processes. Rejects with
 * `environment-failed` that names node, line and what it printed.
 */
export const runUnseen = async (
  docker: Pick<Docker, 'execToEnd'>,
  { name, container }: Place,
  things: readonly Unseen[],
): Promise<void> => {
  if (things.length === 0) return;
  const lines = things.filter((thing) => thing.do === 'run').length;
  const { exit, stdout, stderr } = await docker.execToEnd(container, ['bash', '-c', program], {
    stdin: things
      .flatMap(partsOf)
      .map((part) => `${part}\0`)
      .join(''),
    deadlineMs: lines * (LINE_SECONDS + 1) * 1000 + GRACE,
  });
  if (exit === 0) return;
  const [, number, code] = (exit === FAILED && /^(\d+) (\d+)\n/.exec(stdout)) || [];
  const failed = number === undefined ? undefined : things[Number(number)];
  if (!failed)
    throw new LabError('environment-failed', `Nothing could be run on ${name}: ${(stderr || stdout).trim()}`, {
      hint: 'Try again. If it stays so, `patchbay doctor` looks at Docker.',
      data: { node: name, log: linesOf(stderr || stdout) },
    });
  throw whyFailed(name, failed, Number(code), linesOf(stdout.slice(stdout.indexOf('\n') + 1)));
};

const partsOf = (thing: Unseen): string[] =>
  thing.do === 'file' ? ['file', thing.path, thing.mode, thing.content] : ['run', `${LINE_SECONDS}`, thing.line];

const linesOf = (text: string): string[] => text.trim().split('\n').slice(-10);

const whyFailed = (node: string, failed: Unseen, exit: number, log: readonly string[]): LabError => {
  const what = failed.do === 'file' ? `${failed.path} could not be written` : `\`${failed.line}\` ${ended(exit)}`;
  const said = log.at(-1);
  return new LabError('environment-failed', `On ${node} ${what}${said ? `: ${said}` : '.'}`, {
    hint: 'This is a fault of the lab or of this machine, and not yours. A reset makes the nodes anew.',
    data: { node, ...(failed.do === 'run' ? { command: failed.line } : { path: failed.path }), exit, log: [...log] },
  });
};

/** As `timeout` tells it. */
const ended = (exit: number): string =>
  exit === 124 || exit === 137 ? `did not end within ${LINE_SECONDS} s` : `ended with ${exit}`;
