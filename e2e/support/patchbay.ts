import { execFile } from 'node:child_process';
import { cli } from './places.ts';

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** The command line on the engine of this state directory. */
export function patchbay(stateDir: string, ...words: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATCHBAY_STATE_DIR: stateDir };
    execFile(process.execPath, [cli, ...words], { env, timeout: 120_000 }, (error, out, err) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exit, out, err });
    });
  });
}

/** Its answer in JSON. Fails with what it said otherwise. */
export async function patchbayJson(stateDir: string, ...words: string[]): Promise<unknown> {
  const { out, err } = await patchbay(stateDir, ...words, '--json');
  try {
    return JSON.parse(out);
  } catch {
    throw new Error(`patchbay ${words.join(' ')} said no JSON: ${out}${err}`);
  }
}
