import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { within } from './waiting.ts';

/** A program of ours that runs beside the measurement. */
export class Child {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts a script with Node and waits for what the pattern's group matches in its output. */
  static start(args: readonly string[], says: RegExp, env: NodeJS.ProcessEnv = {}): Promise<[Child, string]> {
    return Child.run(process.execPath, args, says, env);
  }

  /** As `start`, with any program. */
  static async run(
    program: string,
    args: readonly string[],
    says: RegExp,
    env: NodeJS.ProcessEnv = {},
  ): Promise<[Child, string]> {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const said = new Promise<string>((resolve, reject) => {
      const take = (chunk: Buffer) => {
        output += chunk;
        const found = says.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}: ${output}`)));
    });
    try {
      return [new Child(child), await within(60_000, `the start of ${args[0]}`, said)];
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await within(10_000, 'the end of a program', ended).catch(() => this.#child.kill('SIGKILL'));
  }
}

/** Memory that a process has, in MB; 0 where this system does not tell. */
export function memoryOf(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
