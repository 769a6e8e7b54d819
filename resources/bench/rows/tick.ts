import { runs } from '../../../electron/contract/calls.ts';
import type { Client } from '../../../electron/contract/client.ts';
import { runChanged } from '../../../electron/contract/pushes.ts';
import type { Measurement } from '../measurements.ts';
import { oneExec } from '../peers/oneExec.ts';
import { row } from '../row.ts';
import { PROMPT, Shell } from '../shell.ts';
import { median, percentile, spread } from '../statistics.ts';
import { until, within } from '../waiting.ts';

const LAB = 'switching';
const QUESTION = 'wake';
const CHECK = 'up';
const NODE = 'elm';
const SAMPLES = 15;

/**
 * From a change in the environment to its tick at a client, with no button pressed. The shell that makes the change says by the kernel's clock
 * when it did; the peer is somebody who looks by one exec after another.
 */
export const tick: Measurement['measure'] = async ({ engine, docker, say }) => {
  const client = await engine.client();
  const run = await engine.start(LAB, 7);
  try {
    const container = run.nodes.find((it) => it.name === NODE)?.container ?? '';
    const ours: number[] = [];
    const peer: number[] = [];
    for (let done = -1; done < SAMPLES; done++) {
      say(done < 0 ? 'warming up' : `${done + 1} of ${SAMPLES}`);
      // Every question is open again, so that the tick is a first one, which is written down before it is told.
      await within(60_000, 'reset', client.call(runs.reset, { run: run.id }));
      const fresh = await within(60_000, 'reset', client.call(runs.ready, { run: run.id }));
      const mine = await changeToTick(client, run.id, fresh.nodes.find((it) => it.name === NODE)?.name ?? NODE);
      const theirs = await changeToLook(client, run.id, (command) => oneExec(docker, container, command));
      if (done < 0) continue;
      ours.push(mine);
      peer.push(theirs);
    }
    return [
      row({
        name: 'change in the environment to its tick',
        ours: median(ours),
        peer: median(peer),
        unit: 'ms',
        goal: { of: 'ours', at: 'most', value: 300 },
        note: `looking by one exec through dockerode after another; ${ours.length} pairs; ours ${spread(ours)}, slowest ${percentile(ours, 100).toFixed(0)}; peer ${spread(peer)}`,
      }),
    ];
  } finally {
    await engine.destroy(run.id);
  }
};

async function changeToTick(client: Client, run: string, node: string): Promise<number> {
  let ticked: (at: number) => void = () => {};
  const tick = new Promise<number>((resolve) => {
    ticked = resolve;
  });
  const end = client.on(runChanged, (view) => {
    const question = view.questions.find((it) => it.id === QUESTION);
    const check = question?.kind === 'task' ? question.checks.find((it) => it.id === CHECK) : undefined;
    if (view.id === run && check?.state === 'pass') ticked(now());
  });
  try {
    const changed = await change(client, run, node, 'ip link set eth0 up');
    return (await within(10_000, 'a tick', tick)) - changed;
  } finally {
    end();
  }
}

async function changeToLook(
  client: Client,
  run: string,
  exec: (command: readonly string[]) => Promise<{ output: string }>,
): Promise<number> {
  await change(client, run, NODE, 'ip link set eth0 down');
  const isUp = async () => /"UP"/.test((await exec(['ip', '-j', 'link', 'show', 'eth0'])).output);
  let seen = 0;
  const looking = (async () => {
    // Already looking when the change comes.
    await isUp();
    await until(10_000, 'the change', async () => isUp());
    seen = now();
  })();
  const changed = await change(client, run, NODE, 'ip link set eth0 up');
  await looking;
  return seen - changed;
}

/** Makes a change in a real terminal; answers when, in milliseconds since 1970, taken just before. */
async function change(client: Client, run: string, node: string, command: string): Promise<number> {
  const shell = await Shell.open(client, run, node);
  await shell.seen(PROMPT);
  shell.type(`echo "<$EPOCHREALTIME>"; ${command}; echo done-$((1+1))\n`);
  const at = Number(await shell.read(/<(\d+\.\d+)>/)) * 1000;
  await shell.seen('done-2');
  await shell.close();
  return at;
}

const now = () => performance.timeOrigin + performance.now();
