import { readdirSync, readFileSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { runs, terminals } from '../../../contract/calls.ts';
import type { RunView } from '../../../contract/models/run.ts';
import type { ClientShell } from '../../clientShell.ts';
import type { EngineProcess } from './engineProcess.ts';

/** What the learner was doing when the engine was killed. */
export const moments = ['start', 'adopt', 'answer', 'check', 'tick', 'terminal', 'reset', 'destroy', 'idle'] as const;
export type Moment = (typeof moments)[number];

/** How long it usually takes, so that a random delay falls before, into and after it. Milliseconds. */
export const usual: Record<Moment, number> = {
  start: 500,
  adopt: 250,
  answer: 20,
  check: 80,
  tick: 60,
  terminal: 150,
  reset: 600,
  destroy: 500,
  idle: 300,
};

export interface Scene {
  readonly engine: EngineProcess;
  readonly stateDir: string;
  readonly run: string;
  /** A shell on elm. */
  readonly shell: ClientShell;
  /** Of this request; sent again after the kill. */
  readonly attempt: string;
}

/** Begins it. Resolves when it was acknowledged. */
export const act: Record<Moment, (scene: Scene) => Promise<unknown>> = {
  start: (scene) => start(scene),
  adopt: (scene) => start(scene),
  answer: (scene) => answer(scene),
  check: (scene) => check(scene),
  tick: (scene) => {
    scene.shell.type('ip link set eth0 up\r');
    return scene.engine.until(scene.run, ticked);
  },
  terminal: ({ engine, run }) => engine.client.call(terminals.open, { run, node: 'oak', cols: 80, rows: 24 }),
  reset: ({ engine, run }) => engine.client.call(runs.reset, { run }),
  destroy: ({ engine, run }) => engine.client.call(runs.destroy, { run }),
  idle: () => Promise.resolve(),
};

export const start = ({ engine, attempt }: Pick<Scene, 'engine' | 'attempt'>) =>
  engine.client.call(runs.start, { lab: 'switching', seed: 7, attempt });

/** A wrong one, so that each counts. */
export const answer = ({ engine, run, attempt }: Scene) =>
  engine.client.call(runs.answer, { run, question: 'mac', value: 'ff:ff:ff:ff:ff:ff', attempt });

export const check = ({ engine, run, attempt }: Scene) =>
  engine.client.call(runs.check, { run, question: 'assign', attempt });

export const ticked = ({ questions }: RunView) =>
  questions.some((it) => it.kind === 'task' && it.id === 'wake' && it.checks[0]?.state === 'pass');

/** Resolves when the journal of a new run has a line of this type. */
export const untilWritten = (stateDir: string, type: string, signal: AbortSignal): Promise<void> => {
  const folder = join(stateDir, 'runs');
  const old = readdirSync(folder);
  return new Promise((resolve) => {
    const watching = watch(folder, { recursive: true, signal }, (_, file) => {
      if (!file?.endsWith('.ndjson') || old.includes(dirname(file))) return;
      if (!readFileSync(join(folder, file), 'utf8').includes(`"type":"${type}"`)) return;
      watching.close();
      resolve();
    });
    watching.on('error', () => undefined);
  });
};
