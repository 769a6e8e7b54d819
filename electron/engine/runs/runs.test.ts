import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { writeLine } from './journal/line.ts';
import { JOURNAL_VERSION } from './journal/readLines.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';
import { runsDouble } from './runsDouble.ts';
import { createdRecord } from './samples.ts';
import type { SiteDouble } from './siteDouble.ts';
import { question } from './state.ts';

let stateDir: string;
let runs: Runs;
let site: SiteDouble;
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'patchbay-runs-'));
  ({ runs, site } = runsDouble(stateDir));
  await runs.open();
});
afterEach(async () => {
  await runs.close();
  rmSync(stateDir, { recursive: true });
});

const start = async (attempt = 'one'): Promise<Run> => {
  const run = await runs.start('switching', 7, attempt);
  await run.environment.settled();
  return run;
};
/** The next engine, with the same Docker. */
const reopen = async (some = {}) => {
  await runs.close();
  ({ runs } = runsDouble(stateDir, site, some));
  await runs.open();
};
const folder = (id = '') => join(stateDir, 'runs', id);
const journal = (id: string) => join(folder(id), 'journal.ndjson');
/** What it shows, but for what is only true now. */
const lasting = ({ view }: Run) =>
  JSON.stringify(view, (key, value) => (['holds', 'elapsed'].includes(key) ? undefined : value));
const right = 'ash has no route to the network of oak: its own address belongs to another network';

test('a start that is asked for again is the same run: at once, later, and by the next engine', async () => {
  const [one, two] = await Promise.all([runs.start('switching', 7, 'same'), runs.start('switching', 7, 'same')]);
  expect(two).toBe(one);
  expect(await runs.start('routing', 8, 'same')).toBe(one);
  await one.environment.settled();
  await reopen();
  expect((await runs.start('switching', 7, 'same')).id).toBe(one.id);
  expect(readdirSync(folder())).toEqual([one.id]);
});

test('the next engine finds run, answers, options and containers as they were', async () => {
  const run = await start();
  await run.open('stranger');
  const wrong = await run.judge('stranger', ['oak has no route back, so its replies are lost'], '1');
  const passed = await run.judge('stranger', [right], '2');
  expect([wrong.verdict, passed.verdict]).toEqual(['fail', 'pass']);
  const before = lasting(run);
  await reopen();
  const again = runs.get(run.id);
  await again.environment.settled();
  expect(lasting(again)).toBe(before);
  expect(await again.judge('stranger', ['anything else'], '1')).toEqual(wrong);
  expect(question(again.state, 'stranger').attempts).toBe(2);
  expect(site.docker.containers.size).toBe(4);
});

test('an attempt that is sent twice while it is judged is judged once', async () => {
  const run = await start();
  const both = await Promise.all([run.judge('stranger', [right], '1'), run.judge('stranger', [right], '1')]);
  expect(both[0]).toBe(both[1]);
  expect(question(run.state, 'stranger').attempts).toBe(1);
});

test('two windows that open a choice at once see the same options, drawn once', async () => {
  const run = await start();
  await Promise.all([run.open('stranger'), run.open('stranger')]);
  expect(readFileSync(journal(run.id), 'utf8').match(/"type":"drawn"/g)).toHaveLength(1);
});

test('what is judged while the environment is reset does not count after it', async () => {
  const run = await start();
  let release = () => {};
  site.agent.gate = new Promise((resolve) => {
    release = resolve;
  });
  const judged = run.judge('mac', ['02:00:00:00:00:01'], '1');
  const reset = run.reset();
  release();
  await expect(judged).rejects.toMatchObject({
    code: 'conflict',
    hint: expect.stringContaining('Nothing was counted'),
  });
  await reset;
  expect(question(run.state, 'mac')).toMatchObject({ state: 'open', attempts: 0 });
  expect(site.docker.containers.size).toBe(4);
});

test('eight environments at most, however many are asked for at once; one that is ended makes room', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => runs.start('routing', n, `${n}`)));
  const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  expect(refused).toHaveLength(2);
  expect(refused[0]).toMatchObject({ code: 'limit', hint: expect.stringContaining('patchbay destroy') });
  const [first] = runs.live;
  await runs.destroy(first?.id ?? '');
  await expect(start('more')).resolves.toBeDefined();
});

test('what the machine cannot carry is refused with the reason before anything is made', async () => {
  const short = new LabError('limit', 'A cluster of 2 nodes needs 950 MiB of memory, and 300 MiB are free.');
  const asked: unknown[] = [];
  const fits = async (environment: unknown) => {
    asked.push(environment);
    throw short;
  };
  const refusing = runsDouble(stateDir, site, { fits }).runs;
  await expect(refusing.start('explore-environment', 1, 'x')).rejects.toBe(short);
  expect(asked).toEqual([expect.objectContaining({ kind: 'kubernetes', nodes: ['controlplane', 'node01'] })]);
  expect(refusing.live).toEqual([]);
  expect(site.docker.containers.size).toBe(0);
});

test('an unknown lab leaves nothing behind; an unknown run or question is named', async () => {
  await expect(runs.start('swiching', 1, 'x')).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining('switching'),
  });
  expect(readdirSync(folder())).toEqual([]);
  expect(() => runs.get('switching-zzzzz')).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(() => runs.get('../../etc/passwd')).toThrow(expect.objectContaining({ code: 'not-found' }));
  const run = await start();
  expect(() => run.question('nope')).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('a destroyed run stays in the history and starts nothing again', async () => {
  const run = await start();
  await runs.destroy(run.id);
  expect(site.docker.containers.size).toBe(0);
  await expect(run.reset()).rejects.toMatchObject({ code: 'conflict', hint: expect.stringContaining('patchbay run') });
  await expect(run.mend()).rejects.toMatchObject({ code: 'conflict' });
  await expect(run.judge('stranger', [right], '1')).rejects.toMatchObject({ code: 'conflict' });
  await reopen();
  expect(runs.list()).toMatchObject([{ id: run.id, environment: 'destroyed' }]);
  expect(site.docker.containers.size).toBe(0);
});

test('the journal of a newer Patchbay is kept, listed, said and never touched; its containers are nobody else’s', async () => {
  const run = await start();
  await runs.close();
  const newer = writeLine({ seq: 4, at: new Date().toISOString(), type: 'telepathy' } as never);
  appendFileSync(journal(run.id), newer);
  const before = readFileSync(journal(run.id), 'utf8');
  await reopen();
  expect(() => runs.get(run.id)).toThrow(expect.objectContaining({ code: 'journal-failed' }));
  expect(runs.list().map(({ id }) => id)).toEqual([run.id]);
  expect(runs.adopted.size).toBe(4);
  expect(readFileSync(journal(run.id), 'utf8')).toBe(before);
});

test('a newer journal whose first line is not understood is not taken for a run that never began', async () => {
  const id = 'switching-newer';
  mkdirSync(folder(id), { recursive: true });
  const line = writeLine({ seq: 1, at: '', type: 'begun', journal: JOURNAL_VERSION + 1 } as never);
  writeFileSync(journal(id), line);
  await reopen();
  expect(readFileSync(journal(id), 'utf8')).toBe(line);
  expect(() => runs.get(id)).toThrow(expect.objectContaining({ code: 'journal-failed' }));
});

test('a damaged journal harms no other run, is left as it is, and goes when its run is destroyed', async () => {
  const [bad, good] = [await start('bad'), await start('good')];
  await bad.open('mac');
  await runs.close();
  const text = readFileSync(journal(bad.id), 'utf8').replace('"seed":7', '"seed":8');
  writeFileSync(journal(bad.id), text);
  await reopen();
  expect(() => runs.get(bad.id)).toThrow(expect.objectContaining({ code: 'journal-failed' }));
  expect(readFileSync(journal(bad.id), 'utf8')).toBe(text);
  expect(runs.get(good.id).inWork).toBe(true);
  await runs.destroy(bad.id);
  expect(existsSync(folder(bad.id))).toBe(false);
});

test('without its lab a run is listed and its containers are kept; clean removes those, not its history', async () => {
  const run = await start();
  const lab = () => Promise.reject(new LabError('not-found', 'There is no lab switching.'));
  // With what it kept of its lab it goes on.
  await reopen({ lab });
  expect(runs.get(run.id).inWork).toBe(true);
  rmSync(join(folder(run.id), 'lab.json'));
  await reopen({ lab });
  expect(() => runs.get(run.id)).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(runs.adopted.size).toBe(4);
  await runs.destroyAll();
  expect(site.docker.containers.size).toBe(0);
  expect(existsSync(journal(run.id))).toBe(true);
});

test('what never began, and what a proof left, goes; folders of somebody else stay', async () => {
  mkdirSync(folder('switching-empty'), { recursive: true });
  mkdirSync(folder('switching-proof'), { recursive: true });
  mkdirSync(folder('Notes'), { recursive: true });
  const proof = { seq: 1, at: new Date().toISOString(), ...createdRecord, purpose: 'proof' as const };
  writeFileSync(journal('switching-proof'), writeLine(proof));
  await reopen();
  expect(readdirSync(folder())).toEqual(['Notes']);
  expect(runs.list()).toEqual([]);
});

test('a full disk at the next start: the engine comes up and says it with the run', async () => {
  await start();
  const full = new LabError('disk-full', 'The disk is full.');
  await reopen({ site: () => Promise.reject(full) });
  const [run] = runs.live;
  await run?.environment.settled();
  expect(run?.view.environment).toMatchObject({ state: 'degraded', error: { code: 'disk-full' } });
});

test('the disk is full in the middle of a run: the answer is refused with what to do, what was answered before is there after it', async () => {
  const run = await start();
  await run.judge('stranger', [right], '1');
  const any = await open(join(stateDir, 'any'), 'w');
  await any.close();
  const append = vi.spyOn(Object.getPrototypeOf(any) as FileHandle, 'appendFile');
  append.mockRejectedValue(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  const full = { code: 'disk-full', hint: expect.stringContaining('Make room') };
  await expect(run.judge('mac', ['x'], '2')).rejects.toMatchObject(full);
  await expect(run.reset()).rejects.toMatchObject(full);
  expect(question(run.state, 'mac').attempts).toBe(0);
  expect(run.view.environment).toEqual({ state: 'running' });
  append.mockRestore();
  await reopen();
  const again = runs.get(run.id);
  expect(question(again.state, 'stranger')).toMatchObject({ state: 'pass', attempts: 1 });
  await expect(again.judge('mac', ['x'], '2')).resolves.toBeDefined();
});
