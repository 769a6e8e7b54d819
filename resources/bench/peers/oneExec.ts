import type Dockerode from 'dockerode';
import { within } from '../waiting.ts';

export interface ExecResult {
  readonly exit: number | null;
  readonly output: string;
}

/** One command through dockerode, whole: create, start, read to the end, ask for the exit code. */
export async function oneExec(docker: Dockerode, container: string, command: readonly string[]): Promise<ExecResult> {
  return within(20_000, command.join(' '), run(docker, container, command));
}

async function run(docker: Dockerode, container: string, command: readonly string[]): Promise<ExecResult> {
  const exec = await docker
    .getContainer(container)
    .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, Tty: true });
  const stream = await exec.start({ Tty: true });
  let output = '';
  for await (const chunk of stream) output += chunk;
  const { ExitCode } = await exec.inspect();
  return { exit: ExitCode, output };
}
