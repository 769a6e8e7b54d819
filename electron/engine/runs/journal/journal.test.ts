import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createdRecord } from '../samples.ts';
import { Journal } from './journal.ts';
import { readLine, writeLine } from './line.ts';
import { JOURNAL_VERSION } from './readLines.ts';
import { RecordBody } from './record.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-journal-'));
  file = join(folder, 'journal.ndjson');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const opened = (question: string): RecordBody => ({ type: 'opened', question });

/** Writes these and closes. */
const write = async (...bodies: RecordBody[]) => {
  const { journal } = await Journal.open(folder, RecordBody);
  await Promise.all(bodies.map((body) => journal.append(body)));
  await journal.close();
};

const kindsAfterOpening = async () => {
  const { records, journal } = await Journal.open(folder, RecordBody);
  await journal.close();
  return records.map((record) => (record.type === 'opened' ? record.question : record.type));
};

/** The open file's own class, to make its methods fail. */
const handles = async (): Promise<FileHandle> => {
  const handle = await open(join(folder, 'any'), 'w');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
};

const failing = (code: string) => Object.assign(new Error(code), { code });

test('what was acknowledged is there again, in the order of the calls', async () => {
  await write(createdRecord, ...['a', 'b', 'c', 'd'].map(opened));
  await write(opened('e'));
  expect(await kindsAfterOpening()).toEqual(['created', 'a', 'b', 'c', 'd', 'e']);
});

test('appends that come together share one sync, and none is acknowledged before it', async () => {
  const datasync = vi.spyOn(await handles(), 'datasync');
  const { journal } = await Journal.open(folder, RecordBody);
  await Promise.all([createdRecord, opened('a'), opened('b'), opened('c')].map((body) => journal.append(body)));
  expect(datasync.mock.calls.length).toBeLessThanOrEqual(2);
  await journal.close();
});

test('a line cannot be changed unseen', () => {
  const line = writeLine({ seq: 1, at: '2026-01-01T00:00:00.000Z', ...opened('a') }).trimEnd();
  expect(readLine(line, RecordBody)).toMatchObject({
    kind: 'record',
    seq: 1,
    record: { type: 'opened', question: 'a' },
  });
  expect(readLine(line.replace('"a"', '"b"'), RecordBody)).toEqual({ kind: 'torn' });
  expect(readLine(line.slice(0, -1), RecordBody)).toEqual({ kind: 'torn' });
  expect(readLine('', RecordBody)).toEqual({ kind: 'torn' });
});

test('wherever the last line is torn, it alone is dropped and the next one is written in its place', async () => {
  await write(createdRecord, opened('a'));
  const whole = readFileSync(file);
  await write(opened('ü'));
  const longer = readFileSync(file);
  for (let length = whole.length; length < longer.length; length++) {
    writeFileSync(file, longer.subarray(0, length));
    await write(opened('next'));
    expect(await kindsAfterOpening()).toEqual(['created', 'a', 'next']);
  }
});

test('of several lines that were being written when the power went none is missed', async () => {
  await write(createdRecord, opened('a'));
  appendFileSync(file, `${'\0'.repeat(100)}\n{"seq":4,"at":"2026`);
  await write(opened('b'));
  expect(await kindsAfterOpening()).toEqual(['created', 'a', 'b']);
});

test('a damaged line with a whole one behind it is refused, and the file is left as it is', async () => {
  await write(createdRecord, opened('a'), opened('b'));
  const damaged = readFileSync(file, 'utf8').replace('"a"', '"x"');
  writeFileSync(file, damaged);
  await expect(Journal.open(folder, RecordBody)).rejects.toMatchObject({
    code: 'journal-failed',
    message: expect.stringContaining('Line 2'),
    hint: expect.stringContaining('patchbay destroy'),
  });
  expect(readFileSync(file, 'utf8')).toBe(damaged);
});

test('a line that is missing in the middle is damage', async () => {
  await write(createdRecord, opened('a'), opened('b'));
  const [first, , third] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, `${first}\n${third}\n`);
  await expect(Journal.open(folder, RecordBody)).rejects.toMatchObject({ code: 'journal-failed' });
});

test('a newer journal is read as far as it is understood, and never written to', async () => {
  await write(createdRecord, opened('a'));
  const unknown = writeLine({ seq: 3, at: '2026-01-01T00:00:00.000Z', type: 'telepathy' } as never);
  const known = writeLine({ seq: 4, at: '2026-01-01T00:00:00.000Z', ...opened('b') });
  appendFileSync(file, unknown + known);
  const before = readFileSync(file, 'utf8');
  const { records, journal } = await Journal.open(folder, RecordBody);
  expect(records.map((record) => record.seq)).toEqual([1, 2, 4]);
  await expect(journal.append(opened('c'))).rejects.toMatchObject({
    code: 'journal-failed',
    message: expect.stringContaining('newer'),
    hint: expect.stringContaining('Update'),
  });
  await journal.close();
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a journal of a higher version is a newer one, whatever its lines look like', async () => {
  await write({ ...createdRecord, journal: JOURNAL_VERSION + 1 });
  const { journal } = await Journal.open(folder, RecordBody);
  expect(journal.readOnly).toMatchObject({ code: 'journal-failed' });
  await journal.close();
});

test('a full disk: nothing that is not on it is acknowledged, nothing more is written, and the next start goes on', async () => {
  await write(createdRecord);
  const { journal } = await Journal.open(folder, RecordBody);
  await journal.append(opened('a'));
  const file = await handles();
  vi.spyOn(file, 'appendFile').mockImplementationOnce(async function (this: FileHandle, data) {
    await this.write(String(data).slice(0, 40));
    throw failing('ENOSPC');
  });
  const first = journal.append(opened('b'));
  const second = journal.append(opened('c'));
  const full = { code: 'disk-full', hint: expect.stringContaining('Make room') };
  await expect(first).rejects.toMatchObject(full);
  await expect(second).rejects.toMatchObject(full);
  await expect(journal.append(opened('d'))).rejects.toMatchObject(full);
  await journal.close();
  await write(opened('e'));
  expect(await kindsAfterOpening()).toEqual(['created', 'a', 'e']);
});

test('a line that was written and could not be synced is not acknowledged', async () => {
  const { journal } = await Journal.open(folder, RecordBody);
  vi.spyOn(await handles(), 'datasync').mockRejectedValueOnce(failing('EIO'));
  await expect(journal.append(createdRecord)).rejects.toMatchObject({ code: 'journal-failed' });
  await expect(journal.append(opened('a'))).rejects.toMatchObject({ code: 'journal-failed' });
  await journal.close();
});

test('a run that writes without end is stopped', async () => {
  await write(createdRecord);
  const { journal } = await Journal.open(folder, RecordBody);
  const huge = opened('x'.repeat(70 * 1024 * 1024));
  await expect(journal.append(huge)).rejects.toMatchObject({ code: 'limit' });
  await expect(journal.append(opened('a'))).resolves.toMatchObject({ seq: 2 });
  await journal.close();
});

test('a file without a single line is a run that never began', async () => {
  writeFileSync(file, '');
  expect(await kindsAfterOpening()).toEqual([]);
});
