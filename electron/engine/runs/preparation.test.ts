import { expect, test } from 'vitest';
import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import { Preparation, type Work } from './preparation.ts';

const step = (by: Partial<Step>): Step => ({
  id: 'apiserver',
  title: 'kube-apiserver',
  state: 'running',
  from: 0,
  seconds: 30,
  usual: 90,
  detail: 'compiling',
  error: null,
  ...by,
});
const of = (work: Work) => {
  const views: string[] = [];
  const preparation: Preparation = new Preparation(
    work,
    () => views.push(preparation.view.state),
    new AbortController().signal,
  );
  return { preparation, views };
};

test('is made once for all who wait, and shown meanwhile', async () => {
  let made = 0;
  const { preparation, views } = of(async (onSteps) => {
    made++;
    onSteps([step({})]);
  });
  expect(preparation.view).toEqual({ state: 'unknown' });
  await Promise.all([preparation.run(), preparation.run()]);
  expect(made).toBe(1);
  expect(views).toEqual(['preparing', 'ready']);
});

test('what failed says why, keeps its steps, and is tried again', async () => {
  let fails = true;
  const { preparation } = of(async (onSteps) => {
    onSteps([step({ state: fails ? 'failed' : 'done' })]);
    if (fails) throw new LabError('image-failed', 'A checksum differs.');
  });
  await expect(preparation.run()).rejects.toMatchObject({ code: 'image-failed' });
  expect(preparation.view).toMatchObject({ state: 'failed', error: { message: 'A checksum differs.' }, steps: [{}] });
  fails = false;
  await preparation.run();
  expect(preparation.view).toEqual({ state: 'ready' });
});

test('a start that waits for it shows what it is at and for how long, also when it came late', async () => {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const { preparation } = of(async (onSteps) => {
    onSteps([
      step({ id: 'etcd', state: 'done', seconds: 20, usual: 17 }),
      step({}),
      step({ state: 'waiting', seconds: null }),
    ]);
    await ended;
  });
  const first = preparation.run();
  const said: unknown[] = [];
  const late = preparation.run({ usually: (it) => said.push(it), detail: (it) => said.push(it) });
  expect(said).toEqual([20 + 30 + 60 + 90, 'kube-apiserver: compiling']);
  end();
  await Promise.all([first, late]);
});

test('who gives up waiting is told so, and it is made all the same', async () => {
  let end = (): void => undefined;
  const { preparation } = of(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  const giveUp = new AbortController();
  const waiting = preparation.run(undefined, giveUp.signal);
  giveUp.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'conflict' });
  end();
  await preparation.settled();
  expect(preparation.view).toEqual({ state: 'ready' });
});
