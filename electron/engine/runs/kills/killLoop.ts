import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { docker as dockerCalls, runs, terminals } from '../../../contract/calls.ts';
import type { RunView } from '../../../contract/models/run.ts';
import { statusChanged } from '../../../contract/pushes.ts';
import { ClientShell } from '../../clientShell.ts';
import type { Docker } from '../../docker/docker.ts';
import { isRunning } from '../../untilRun.ts';
import { EngineProcess } from './engineProcess.ts';
import { foldAll, orphans } from './findings.ts';
import { act, answer, check, type Moment, moments, type Scene, start, ticked, untilWritten, usual } from './moments.ts';

export interface KillLoopOptions {
  readonly docker: Docker;
  readonly stateDir: string;
  readonly owner: string;
  /** Nodes that stand by: the state directory's settings say the same. */
  readonly pool: number;
  readonly kills: number;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly told: (kill: Kill) => void;
}

/** One kill and what was found after it. */
export interface Kill {
  readonly moment: Moment;
  /** Milliseconds after the request. */
  readonly after: number;
  readonly acknowledged: boolean;
  /** Milliseconds from the next start of the engine to the run running again. */
  readonly back: number;
  readonly problems: readonly string[];
}

/** What the learner has been told and may rely on. */
interface Known {
  readonly run: string;
  readonly attempts: Readonly<Record<'mac' | 'assign', number>>;
  readonly ticked: boolean;
  readonly shell: { readonly id: string; readonly pid: string } | null;
}

/** Kills the engine again and again, each time in the middle of something else, and looks each time whether what was acknowledged is still so. */
export const killLoop = async (options: KillLoopOptions): Promise<Kill[]> => {
  const { stateDir, kills, random, told } = options;
  const done: Kill[] = [];
  let engine = await EngineProcess.start(stateDir);
  let known: Known | null = null;
  try {
    for (let n = 0; n < kills; n++) {
      const moment = moments[n % moments.length] ?? 'idle';
      const problems: string[] = [];
      const { scene, before } = await prepared(engine, stateDir, known);
      const { after, result } = await killed(scene, moment, random);
      const began = performance.now();
      engine = await EngineProcess.start(stateDir);
      const looked = await look({ ...scene, engine }, moment, result, before, problems);
      known = looked.known;
      problems.push(...(await strays(engine, options)));
      const kill = { moment, after, acknowledged: result !== null, back: Math.round(looked.at - began), problems };
      done.push(kill);
      told(kill);
    }
  } finally {
    await engine.kill();
  }
  return done;
};

/** A run with a shell on elm, as the learner left it or new. */
const prepared = async (engine: EngineProcess, stateDir: string, known: Known | null) => {
  const attempt = randomUUID();
  const run = known?.run ?? (await start({ engine, attempt: randomUUID() })).id;
  await engine.until(run, isRunning);
  const shell = known?.shell
    ? await ClientShell.attach(engine.client, known.shell.id)
    : await ClientShell.open(engine.client, run, 'elm');
  const pid = await shell.ask('echo $$');
  const before: Known = {
    run,
    attempts: known?.attempts ?? { mac: 0, assign: 0 },
    ticked: known?.ticked ?? false,
    shell: { id: shell.view.id, pid },
  };
  const scene: Scene = { engine, stateDir, run, shell, attempt };
  return { scene, before };
};

/** Begins it and kills the engine somewhere on the way. `result`: what was acknowledged before. */
const killed = async (scene: Scene, moment: Moment, random: () => number) => {
  const left = new AbortController();
  const written = moment === 'adopt' ? untilWritten(scene.stateDir, 'adopted', left.signal) : Promise.resolve();
  const began = performance.now();
  let result: { readonly value: unknown } | null = null;
  const doing = act[moment](scene).then(
    (value) => {
      result = { value };
    },
    () => undefined,
  );
  await written;
  await delay(random() * usual[moment] * (moment === 'adopt' ? 0.5 : 1.3));
  const after = Math.round(performance.now() - began);
  await scene.engine.kill();
  left.abort();
  await doing;
  return { after, result: result as { readonly value: unknown } | null };
};

/** What is there after the kill, against what was known before it. */
const look = async (
  scene: Scene,
  moment: Moment,
  result: { readonly value: unknown } | null,
  before: Known,
  problems: string[],
): Promise<{ known: Known | null; at: number }> => {
  const { engine, run } = scene;
  const must = (holds: boolean, what: string) => {
    if (!holds) problems.push(what);
  };
  const listed = (await engine.client.call(runs.list, {})).runs.map(({ id }) => id);
  must(listed.includes(run), `the run ${run} is lost`);
  if (moment === 'destroy') {
    const view = await engine.client.call(runs.get, { run });
    must(result === null || view.environment.state === 'destroyed', 'destroyed, and there again');
    await engine.client.call(runs.destroy, { run });
    return { known: null, at: performance.now() };
  }
  const view = await engine.until(run, isRunning);
  const at = performance.now();
  const attempts = { ...before.attempts };
  const wasReset =
    moment === 'reset' && (result !== null || attemptsOf(view, 'mac') < attempts.mac || isNew(scene.stateDir, run));
  if (wasReset) {
    must(
      attemptsOf(view, 'mac') === 0 && attemptsOf(view, 'assign') === 0 && !ticked(view),
      'reset, and not open again',
    );
    await closeAll(engine, run);
    return { known: { run, attempts: { mac: 0, assign: 0 }, ticked: false, shell: null }, at };
  }
  must(!before.ticked || ticked(view), 'a tick is lost');
  if (moment === 'answer' || moment === 'check') {
    const question = moment === 'answer' ? 'mac' : 'assign';
    const again = moment === 'answer' ? await answer(scene) : await check(scene);
    must(
      result === null || JSON.stringify(result.value) === JSON.stringify(again),
      'the same attempt, judged otherwise',
    );
    attempts[question]++;
  }
  if (moment === 'tick') must(result === null || ticked(view), 'a tick that was shown is lost');
  const now = await engine.client.call(runs.get, { run });
  for (const question of ['mac', 'assign'] as const) {
    const counted = attemptsOf(now, question);
    must(counted === attempts[question], `${question}: ${counted} attempts in place of ${attempts[question]}`);
  }
  if (moment === 'start' || moment === 'adopt') {
    const { id } = await start(scene);
    must(result === null || (result.value as RunView).id === id, 'the same start made two runs');
    const all = (await engine.client.call(runs.list, {})).runs.length;
    must(all === listed.length + (listed.includes(id) ? 0 : 1), 'a run too many');
    await engine.until(id, isRunning);
    await engine.client.call(runs.destroy, { run: id });
  }
  const open = (await engine.client.call(terminals.list, { run })).terminals;
  if (moment === 'terminal' && result !== null) {
    const { terminal } = result.value as { terminal: { id: string } };
    must(
      open.some(({ id, state }) => id === terminal.id && state === 'live'),
      'a terminal that was opened is lost',
    );
  }
  for (const { id } of open) if (id !== before.shell?.id) await engine.client.call(terminals.close, { terminal: id });
  if (before.shell) {
    const shell = await ClientShell.attach(engine.client, before.shell.id);
    const pid = await shell.ask('echo $$');
    must(pid === before.shell.pid, `another shell: ${pid} in place of ${before.shell.pid}`);
    const shells = await shell.ask('pgrep -c dtach');
    must(Number(shells) <= 2, `${shells} of dtach where one shell is open`);
  }
  return { known: { ...before, attempts, ticked: before.ticked || ticked(now) }, at };
};

/** Once the pool is full nothing is under way any more, and every container must be somebody's. */
const strays = async (engine: EngineProcess, { docker, owner, stateDir, pool }: KillLoopOptions): Promise<string[]> => {
  await new Promise<void>((resolve) => {
    const seen = ({ nodes }: { nodes: { standby: number } }) => {
      if (nodes.standby === pool) resolve();
    };
    engine.client.on(statusChanged, seen);
    void engine.client.call(dockerCalls.status, {}).then(seen);
  });
  return orphans(docker, owner, stateDir);
};

const closeAll = async (engine: EngineProcess, run: string) => {
  for (const { id } of (await engine.client.call(terminals.list, { run })).terminals)
    await engine.client.call(terminals.close, { terminal: id });
};

const attemptsOf = (view: RunView, id: string) => view.questions.find((question) => question.id === id)?.attempts ?? 0;

/** A reset that was written down and not acknowledged shows in the journal alone where nothing had been answered. */
const isNew = (stateDir: string, run: string) =>
  foldAll(stateDir).some((state) => state.created.run === run && Object.keys(state.questions).length === 0);
