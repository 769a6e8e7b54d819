import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { duplexPair } from 'node:stream';
import { beforeEach, expect, test, vi } from 'vitest';
import { catalog, docker, runs } from '../contract/calls.ts';
import { Client } from '../contract/client.ts';
import { LabError } from '../contract/error.ts';
import type { RunView } from '../contract/models/run.ts';
import type { EngineStatus } from '../contract/models/status.ts';
import { proofItem, statusChanged } from '../contract/pushes.ts';
import { ContractServer } from '../engine/host/contractServer.ts';
import { EngineDouble, statusDouble } from '../engine/host/engineDouble.ts';
import { NO_GRANTS } from '../engine/host/grants.ts';
import { type Handlers, handle } from '../engine/host/hosted.ts';
import { streamTransport } from '../engine/host/streamTransport.ts';
import { Output } from './output.ts';
import { runCommandLine } from './program.ts';
import { outcome, view } from './samples.ts';
import { verbs } from './verbs.ts';

class Engine extends EngineDouble {
  override handlers: Handlers = {};
}

let engine: Engine;
beforeEach(() => {
  engine = new Engine();
});

async function patchbay(line: string, connect?: () => Promise<Client>) {
  let out = '';
  let err = '';
  const write = (add: (text: string) => void) => ({ write: (text: string) => add(text) });
  const output = new Output(
    write((text) => (out += text)),
    write((text) => (err += text)),
  );
  const joined = async () => {
    const [near, far] = duplexPair();
    new ContractServer(engine, () => {}).connect(streamTransport(far), NO_GRANTS);
    return new Client(streamTransport(near));
  };
  const startEngine = () => {
    throw new Error('not here');
  };
  const context = { output, stateDir: '/nowhere', startEngine, engine: connect ?? joined };
  const exit = await runCommandLine(line.split(' ').filter(Boolean), '1.2.3', context);
  return { exit, out, err };
}

test('--version and --help', async () => {
  expect(await patchbay('--version')).toMatchObject({ exit: 0, out: '1.2.3\n' });
  const { exit, out } = await patchbay('--help');
  expect(exit).toBe(0);
  expect(out).toContain('Exit codes: 0 done or passed, 1 not passed, 2 usage');
  expect(out).not.toContain('be the engine');
});

test.each(verbs.map((it) => it.name))('%s --help shows an example', async (name) => {
  const { exit, out } = await patchbay(`${name} --help`);
  expect(exit).toBe(0);
  expect(out).toContain('Examples:\n  ');
});

test.each([
  ['', 2],
  ['nothing', 2],
  ['run', 2],
  ['run switching --sede 3', 2],
  ['run switching --seed -1', 2],
  ['run switching --seed 4294967296', 2],
  ['run switching --seed 0x10', 2],
  ['check', 2],
  ['prove', 2],
  ['prove switching --all', 2],
  ['prove switching --seeds 1,,2', 2],
  ['serve --port 99999', 2],
])('usage: patchbay %s', async (line, code) => {
  const { exit, out, err } = await patchbay(line);
  expect(exit).toBe(code);
  expect(out).toBe('');
  expect(err).not.toBe('');
});

test('run --detach --json is what scripts lean on', async () => {
  const start = vi.fn(async () => view);
  engine.handlers = { ...handle(runs.start, start), ...handle(runs.ready, async () => view) };
  const { exit, out } = await patchbay('run switching --seed 7 --detach --json');
  expect(exit).toBe(0);
  expect(start).toHaveBeenCalledWith(expect.objectContaining({ lab: 'switching', seed: 7 }), expect.anything());
  expect(JSON.parse(out)).toMatchObject({
    run: 'switching-abcde',
    lab: 'switching',
    seed: 7,
    nodes: { a: { container: 'patchbay-a' } },
    questions: [{ id: 'mac', kind: 'answer' }, { id: 'which' }, { id: 'reach' }, { id: 'note' }],
  });
});

test('run for a person shows the questions and how to go on; --detach only the run', async () => {
  engine.handlers = { ...handle(runs.start, async () => view), ...handle(runs.ready, async () => view) };
  const { out } = await patchbay('run switching');
  expect(out).toContain('1. mac  answer, 1 point, open\n   What?');
  expect(out).toContain('patchbay shell switching-abcde a');
  expect((await patchbay('run switching --detach')).out).toBe('switching-abcde\n');
});

test('an environment that fails is exit code 3 with its last lines', async () => {
  const error = new LabError('environment-failed', 'Node a died.', { hint: 'docker logs a', data: { log: 'boom' } });
  const failed: RunView = { ...view, environment: { state: 'failed', error: error.toView(), steps: [] } };
  engine.handlers = { ...handle(runs.start, async () => view), ...handle(runs.ready, async () => failed) };
  const text = await patchbay('run switching');
  expect(text).toMatchObject({ exit: 3, out: '' });
  expect(text.err).toMatch(/Node a died\.[\s\S]*\| boom\ndocker logs a/);
  const json = await patchbay('run switching --json');
  expect(JSON.parse(json.out).error).toMatchObject({ code: 'environment-failed', data: { run: view.id } });
});

test.each([
  ['pass', 0],
  ['fail', 1],
  ['error', 3],
] as const)('check with verdict %s is exit code %i', async (verdict, code) => {
  const missingImages = [{ image: 'ngnix', pods: ['default/web'], available: [{ name: 'nginx', tags: ['latest'] }] }];
  engine.handlers = {
    ...handle(runs.check, async () => ({ outcomes: [outcome('mac', 'pass'), outcome('reach', verdict)] })),
    ...handle(runs.get, async () => ({ ...view, missingImages })),
  };
  const all = await patchbay('check switching-abcde --json');
  expect(all.exit).toBe(code);
  expect(JSON.parse(all.out)).toEqual([outcome('mac', 'pass'), outcome('reach', verdict)]);
  const { out } = await patchbay('check switching-abcde');
  expect(out).toContain(verdict === 'pass' ? '2 of 2 points' : '1 of 2 points');
  expect(out.includes('default/web: the image ngnix is not here.')).toBe(verdict !== 'pass');
});

test('check of one question prints one object', async () => {
  engine.handlers = handle(runs.check, async ({ question }) => ({ outcomes: [outcome(question ?? '', 'pass')] }));
  expect(JSON.parse((await patchbay('check r reach --json')).out)).toEqual(outcome('reach', 'pass'));
});

test.each([
  ['mac 02:00:00:00:00:01', '02:00:00:00:00:01'],
  ['which one two', ['one', 'two']],
  ['note', []],
])('answer %s', async (words, value) => {
  const given = vi.fn(async ({ question }: { question: string }) => outcome(question, 'fail'));
  engine.handlers = { ...handle(runs.open, async () => view), ...handle(runs.answer, given) };
  const { exit, out } = await patchbay(`answer switching-abcde ${words} --json`);
  expect(exit).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ verdict: 'fail', earned: 0, weight: 1, checks: [], message: null });
  expect(given).toHaveBeenCalledWith(expect.objectContaining({ value }), expect.anything());
});

test.each(['mac', 'which', 'reach x', 'nowhere x'])('answer %s is bad input', async (words) => {
  engine.handlers = handle(runs.open, async () => view);
  expect((await patchbay(`answer switching-abcde ${words}`)).exit).toBe(2);
});

test('pause and resume say how the run is; what cannot be paused is exit code 2', async () => {
  engine.handlers = {
    ...handle(runs.pause, async ({ run }) => {
      if (run === 'hosts') throw new LabError('conflict', 'It cannot be paused.');
      return { ...view, environment: { state: 'paused' as const } };
    }),
    ...handle(runs.resume, async () => view),
  };
  expect(await patchbay('pause r --json')).toMatchObject({ exit: 0, out: expect.stringContaining('"paused"') });
  expect((await patchbay('pause r')).out).toContain('`patchbay resume r`');
  expect(await patchbay('resume r')).toMatchObject({ exit: 0, out: 'r goes on.\n' });
  expect(await patchbay('pause hosts')).toMatchObject({ exit: 2, err: expect.stringContaining('cannot be paused') });
});

test('an unknown run is exit code 2 and says so in JSON too', async () => {
  engine.handlers = handle(runs.destroy, async ({ run }) => {
    throw new LabError('not-found', `There is no run ${run}.`);
  });
  const { exit, out } = await patchbay('destroy gone --json');
  expect(exit).toBe(2);
  expect(JSON.parse(out).error.code).toBe('not-found');
  expect((await patchbay('destroy gone')).err).toContain('There is no run gone.');
});

test('an engine that cannot be joined is exit code 3; doctor makes a finding of it', async () => {
  const gone = () => Promise.reject(new LabError('engine-gone', 'It does not start.', { hint: 'try' }));
  expect((await patchbay('labs', gone)).exit).toBe(3);
  const { exit, out } = await patchbay('doctor --json', gone);
  expect(exit).toBe(3);
  expect(JSON.parse(out).findings[0]).toMatchObject({ id: 'engine', state: 'wrong', fix: 'try' });
});

test('lint prints each mistake where it stands', async () => {
  const mistake = { file: 'lab.yaml', line: 3, column: 5, message: 'unknown key titel', nearest: 'title' };
  engine.handlers = handle(catalog.lint, async ({ lab }) => ({ lab, mistakes: [mistake] }));
  const { exit, out } = await patchbay('lint my-lab');
  expect(exit).toBe(1);
  expect(out).toBe('lab.yaml:3:5  unknown key titel (did you mean title?)\nmy-lab: 1 mistake\n');
});

test('a lab that is a path is told to the engine as a whole one', async () => {
  engine.handlers = handle(catalog.lint, async ({ lab }) => ({ lab, mistakes: [] }));
  expect((await patchbay('lint ./my-lab')).out).toBe(`${process.cwd()}/my-lab: no mistakes\n`);
});

test('prove tells each claim, and sums up in its last line', async () => {
  const item = { seed: 4, question: 'mac', claim: 'open before', holds: false, detail: 'it was pass' };
  engine.handlers = handle(runs.prove, async ({ lab, seeds }) => {
    engine.tell({ name: proofItem.name, payload: item });
    return { lab, seeds, items: [item], holds: false, seconds: 2, cached: false };
  });
  const { exit, out } = await patchbay('prove switching --seeds 4');
  expect(exit).toBe(1);
  expect(out.trimEnd().split('\n')).toEqual([
    '✗ seed 4  mac: open before',
    '    it was pass',
    'switching: NOT proven, 0 of 1 claims hold over seed 4, 2.0 s',
  ]);
});

test('prepare --json streams steps and ends with the error', async () => {
  const step = { id: 'base', title: 'Base', from: 0, usual: 48, detail: null, error: null };
  const error = new LabError('package-missing', 'mmdebstrap is not installed.').toView();
  const at = (images: EngineStatus['images']): EngineStatus => ({ ...statusDouble, images });
  engine.handlers = handle(docker.prepare, async () => {
    const steps = [{ ...step, state: 'running' as const, seconds: 1 }];
    for (let n = 0; n < 2; n++) engine.tell({ name: statusChanged.name, payload: at({ state: 'preparing', steps }) });
    return at({ state: 'failed', error, steps: [{ ...step, state: 'failed', seconds: 2 }] });
  });
  const { exit, out } = await patchbay('prepare --json');
  expect(exit).toBe(3);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([expect.objectContaining({ id: 'base', state: 'running', usual: 48 }), { error }]);
});

test('prepare --kubernetes tells the steps of both, prepare alone only those that every lab needs', async () => {
  const step = { state: 'running' as const, from: 0, seconds: 1, usual: 90, detail: null, error: null };
  const asked = vi.fn(async () => {
    engine.tell({
      name: statusChanged.name,
      payload: {
        ...statusDouble,
        images: { state: 'ready' },
        cluster: { state: 'preparing', steps: [{ ...step, id: 'kubelet', title: 'kubelet' }] },
      },
    });
    return { ...statusDouble, images: { state: 'ready' as const }, cluster: { state: 'ready' as const } };
  });
  engine.handlers = handle(docker.prepare, asked);
  const { exit, err } = await patchbay('prepare --kubernetes');
  expect(exit).toBe(0);
  expect(asked).toHaveBeenCalledWith({ cluster: true }, expect.anything());
  expect(err).toBe('· kubelet  usually 1 min 30 s\n');
  expect((await patchbay('prepare')).err).toBe('');
});

test('kubeconfig prints it as it is, or in an object; a run without a cluster is bad input', async () => {
  engine.handlers = handle(runs.kubeconfig, async ({ run }) => {
    if (run === 'r') return { run, kubeconfig: 'apiVersion: v1\nkind: Config\n' };
    throw new LabError('bad-input', 'The lab switching has no cluster.');
  });
  expect(await patchbay('kubeconfig r')).toEqual({ exit: 0, out: 'apiVersion: v1\nkind: Config\n', err: '' });
  expect(JSON.parse((await patchbay('kubeconfig r --json')).out)).toMatchObject({ run: 'r' });
  expect(await patchbay('kubeconfig other')).toMatchObject({ exit: 2, out: '' });
});

test('new writes a lab and puts it into the catalog; one whose name is taken is not written', async () => {
  const place = mkdtempSync(join(tmpdir(), 'patchbay-new-'));
  const add = vi.fn(async ({ folder }: { folder: string }) => ({ folders: [folder] }));
  const taken = { state: 'broken' as const, id: 'taken', mistakes: [] };
  engine.handlers = { ...handle(catalog.labs, async () => ({ labs: [taken] })), ...handle(catalog.add, add) };
  const { exit, out } = await patchbay(`new ${place}/tunnel --kind kubernetes --json`);
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ lab: 'tunnel', folder: join(place, 'tunnel') });
  expect(add).toHaveBeenCalledWith({ folder: join(place, 'tunnel') }, expect.anything());
  expect(readFileSync(join(place, 'tunnel', 'lab.yaml'), 'utf8')).toContain('kind: kubernetes');
  expect(await patchbay(`new ${place}/taken`)).toMatchObject({ exit: 2, out: '' });
  expect(existsSync(join(place, 'taken'))).toBe(false);
  rmSync(place, { recursive: true });
});

test('labs --add and --drop take a folder from where the command was typed', async () => {
  const folders = vi.fn(async () => ({ folders: [] }));
  engine.handlers = {
    ...handle(catalog.labs, async () => ({ labs: [] })),
    ...handle(docker.status, async () => ({
      ...statusDouble,
      docker: { state: 'ready' as const, version: '1', endpoint: 'x', own: false },
    })),
    ...handle(catalog.add, folders),
    ...handle(catalog.drop, folders),
  };
  await patchbay('labs --add course --drop ./old');
  expect(folders).toHaveBeenNthCalledWith(1, { folder: resolve('course') }, expect.anything());
  expect(folders).toHaveBeenNthCalledWith(2, { folder: resolve('old') }, expect.anything());
});
