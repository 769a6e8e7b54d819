import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { runs } from '../../electron/contract/calls.ts';
import { LabError } from '../../electron/contract/error.ts';
import type { QuestionView, RunView } from '../../electron/contract/models/run.ts';
import type { Outcome } from '../../electron/contract/models/verdict.ts';
import { runChanged } from '../../electron/contract/pushes.ts';
import { anEngine, openPage } from '../testing/openPage.ts';
import { aChoice, anAnswer, anInfo, aRun, aTask } from '../testing/samples.ts';

const address = '#/run/routing-abcde';
const outcome = (verdict: Outcome['verdict']): Outcome => ({
  question: 'x',
  verdict,
  earned: 0,
  weight: 1,
  checks: [],
  message: null,
});

/** A run of one question, which becomes `after` when it is handed in. */
function oneQuestion(before: QuestionView, after: QuestionView = before) {
  const run = aRun({ questions: [before, anInfo({ number: 2 })], current: before.id });
  const engine = anEngine(run);
  const judge = () => {
    engine.run = { ...run, questions: [after, anInfo({ number: 2 })] };
    return outcome(after.state === 'open' || after.state === 'answered' ? 'pass' : after.state);
  };
  engine.answer(runs.answer, judge).answer(runs.check, () => ({ outcomes: [judge()] }));
  openPage(engine, address);
  return engine;
}

test('the question in front is opened, and its rail entry is the current one', async () => {
  const engine = anEngine();
  openPage(engine, address);
  const rail = await screen.findByRole('navigation', { name: 'Questions' });
  await vi.waitFor(() => expect(engine.callsOf(runs.open)).toEqual([{ run: 'routing-abcde', question: 'mac' }]));
  await fireEvent.click(within(rail).getByRole('button', { name: /^3, Let a and b reach each other, open/ }));
  expect(await screen.findByText('Question 3 of 4')).toBeTruthy();
  expect(engine.callsOf(runs.open)).toHaveLength(2);
});

test('a wrong answer is told in words, announced, and ready to be typed over', async () => {
  const wrong = anAnswer({
    state: 'fail',
    attempts: 1,
    given: '1',
    lastAt: '2026-11-22T10:01:00Z',
    message: 'That is the router.',
  });
  const engine = oneQuestion(anAnswer(), wrong);
  const field = await screen.findByRole('textbox', { name: 'MAC address' });
  await fireEvent.input(field, { target: { value: '1' } });
  field.focus();
  await fireEvent.keyDown(field, { key: 'Enter' });
  expect(await screen.findByText(/That is the router/, { selector: '[data-verdict] *' })).toBeTruthy();
  expect(engine.callsOf(runs.answer)).toEqual([
    { run: 'routing-abcde', question: 'mac', value: '1', attempt: expect.any(String) },
  ]);
  expect(document.querySelector('[data-announcer]')?.textContent).toContain('Question 1: not yet. That is the router.');
  await vi.waitFor(() => expect(document.activeElement === field).toBe(true));
  expect(screen.getByText(/^attempt 1/)).toBeTruthy();
});

test('a right answer passes with Ctrl Enter and offers the next question', async () => {
  oneQuestion(anAnswer(), anAnswer({ state: 'pass', earned: 1, given: 'aa', attempts: 1 }));
  await fireEvent.input(await screen.findByRole('textbox', { name: 'MAC address' }), { target: { value: 'aa' } });
  await fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  expect(await screen.findByText('Passed.', { exact: false, selector: '.text' })).toBeTruthy();
  expect(screen.getByRole('button', { name: /^1, .*passed/ })).toBeTruthy();
  await fireEvent.click(screen.getAllByRole('button', { name: 'Next question' }).at(-1) as HTMLElement);
  expect(await screen.findByText('Question 2 of 2')).toBeTruthy();
});

test('an empty answer is not sent', async () => {
  const engine = oneQuestion(anAnswer());
  await fireEvent.click(await screen.findByRole('button', { name: 'Check' }));
  expect(screen.getByRole('alert').textContent).toBe('Type an answer first.');
  expect(engine.callsOf(runs.answer)).toEqual([]);
});

test('a choice sends the chosen texts', async () => {
  const engine = oneQuestion(aChoice({ many: true }));
  await fireEvent.click(await screen.findByRole('checkbox', { name: '10.9.8.1' }));
  await fireEvent.click(screen.getByRole('checkbox', { name: '192.168.4.1' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Check' }));
  await vi.waitFor(() => expect(engine.callsOf(runs.answer)).toMatchObject([{ value: ['10.9.8.1', '192.168.4.1'] }]));
});

test('a task ticks by itself when the engine tells of it', async () => {
  const task = aTask();
  const engine = oneQuestion(task);
  await screen.findByText('0 of 3 checks hold');
  await vi.waitFor(() => expect(engine.callsOf(runs.open)).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve));
  const checks = task.checks.map((it) => (it.id === 'there' ? { ...it, state: 'pass' as const, holds: true } : it));
  engine.run = { ...engine.run, questions: [{ ...task, checks }] };
  engine.push(runChanged, engine.run);
  expect(await screen.findByText('1 of 3 checks hold')).toBeTruthy();
  expect(document.querySelector('[data-check=there]')?.getAttribute('data-state')).toBe('pass');
  expect(document.querySelector('[data-announcer]')?.textContent).toContain('Holds now');
});

test('an info is acknowledged', async () => {
  const engine = oneQuestion(anInfo({ id: 'welcome', number: 1 }));
  await fireEvent.click(await screen.findByRole('button', { name: 'I have read this' }));
  await vi.waitFor(() => expect(engine.callsOf(runs.answer)).toMatchObject([{ value: [] }]));
});

test('a grader error is no wrong answer: plum, not counted, tried again', async () => {
  const broken = aTask({ state: 'error', message: 'Node **b** did not answer in 5 s. Start it again.' });
  const engine = oneQuestion(aTask(), broken);
  await fireEvent.click(await screen.findByRole('button', { name: 'Check' }));
  const verdict = (await screen.findByText('Could not check.', { exact: false })) as HTMLElement;
  expect(verdict.textContent).toContain('Could not check.');
  expect(verdict.textContent).toContain('No attempt was counted.');
  expect(screen.queryByText('Not yet.', { exact: false }) === null).toBe(true);
  await fireEvent.click(within(verdict).getByRole('button', { name: 'Try again' }));
  await vi.waitFor(() => expect(engine.callsOf(runs.check)).toHaveLength(2));
});

test('hints come one by one, the solution after asking twice', async () => {
  const engine = oneQuestion(anAnswer());
  const show = (more: Partial<Extract<QuestionView, { kind: 'answer' }>>): RunView => {
    engine.run = { ...engine.run, questions: [anAnswer(more)] };
    return engine.run;
  };
  engine
    .answer(runs.hint, () => show({ hints: { shown: ['`ip link` lists them.'], total: 2 } }))
    .answer(runs.solution, () =>
      show({ solution: { steps: [{ node: 'a', run: 'ip link show eth0' }], explanation: '' } }),
    );
  await fireEvent.click(await screen.findByRole('button', { name: 'Hint' }));
  expect(await screen.findByText('Hint 1 of 2')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Solution' }));
  expect(engine.callsOf(runs.solution)).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: 'Show solution? Press again' }));
  expect(await screen.findByText('ip link show eth0')).toBeTruthy();
});

test('a stopped node is said with its reason, and started again', async () => {
  const error = new LabError('node-stopped', 'Node b stopped.', { hint: 'Look: `docker logs b`' }).toView();
  const engine = anEngine(aRun({ environment: { state: 'degraded', error } }));
  engine.answer(runs.mend, () => {
    engine.run = aRun();
    return engine.run;
  });
  openPage(engine, address);
  await fireEvent.click(await screen.findByRole('button', { name: 'Start again' }));
  await vi.waitFor(() => expect(screen.queryByText('Node b stopped.') === null).toBe(true));
});

test('where only a reset helps, that is offered, and asked about once', async () => {
  const data = { remedy: 'reset' };
  const error = new LabError('environment-failed', 'The cluster is gone.', { data }).toView();
  const engine = anEngine(aRun({ environment: { state: 'degraded', error } }));
  engine.answer(runs.reset, () => {
    engine.run = aRun();
    return engine.run;
  });
  openPage(engine, address);
  const note = within(await screen.findByRole('alert', { name: 'The environment cannot go on as it is' }));
  expect(note.queryByRole('button', { name: 'Start again' })).toBeNull();
  await fireEvent.click(note.getByRole('button', { name: 'Reset environment' }));
  expect(engine.callsOf(runs.reset)).toEqual([]);
  await fireEvent.click(note.getByRole('button', { name: 'Reset all questions? Press again' }));
  await vi.waitFor(() => expect(screen.queryByText('The cluster is gone.') === null).toBe(true));
});

test('an image that is not there is named with what is', async () => {
  const missing = { image: 'ngnix', pods: ['default/web'], available: [{ name: 'nginx', tags: ['latest'] }] };
  const engine = anEngine(aRun({ missingImages: [missing] }));
  openPage(engine, address);
  expect(await screen.findByText('The image ngnix is not here (default/web)')).toBeTruthy();
  expect(screen.getByText('nginx').title).toBe('latest');
  await vi.waitFor(() => expect(engine.callsOf(runs.open)).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve));
  engine.run = aRun();
  engine.push(runChanged, engine.run);
  await vi.waitFor(() => expect(screen.queryByText(/ngnix/) === null).toBe(true));
});

test('a paused environment says so and goes on; the palette pauses what can be paused', async () => {
  const engine = anEngine(aRun({ environment: { state: 'paused' }, canPause: true }));
  engine
    .answer(runs.resume, () => {
      engine.run = aRun({ canPause: true });
      return engine.run;
    })
    .answer(runs.pause, () => {
      engine.run = aRun({ canPause: true, environment: { state: 'paused' } });
      return engine.run;
    });
  openPage(engine, address);
  await fireEvent.click(await screen.findByRole('button', { name: 'Go on' }));
  await vi.waitFor(() => expect(screen.queryByText('The environment is paused') === null).toBe(true));
  await fireEvent.keyDown(document.body, { key: 'k', code: 'KeyK', ctrlKey: true });
  await fireEvent.click(await screen.findByText('Pause the environment'));
  expect(await screen.findByText('The environment is paused')).toBeTruthy();
});

test('a failed start shows node, log and command; R retries it', async () => {
  const error = new LabError('environment-failed', 'The links could not be made.', {
    data: { node: 'router', component: 'agent', log: ['no such device'], command: 'docker logs agent' },
  }).toView();
  const engine = anEngine(aRun({ environment: { state: 'failed', error, steps: [] } }));
  engine.answer(runs.mend, () => {
    engine.run = aRun();
    return engine.run;
  });
  openPage(engine, address);
  expect(await screen.findByText('no such device')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Copy docker logs agent' })).toBeTruthy();
  await fireEvent.keyDown(document.body, { key: 'r' });
  expect(await screen.findByText('Question 1 of 4')).toBeTruthy();
  expect(engine.callsOf(runs.mend)).toHaveLength(1);
});

test('an unknown run says so and leads back', async () => {
  const engine = anEngine().answer(runs.get, () => {
    throw new LabError('not-found', 'There is no run nothing-here.');
  });
  openPage(engine, '#/run/nothing-here');
  expect(await screen.findByText('There is no run nothing-here.')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'All labs' }));
  expect(location.hash).toBe('#/');
});

test('a run whose lab was edited says so, and offers a new run with the same seed', async () => {
  const edited = aRun({ lab: { ...aRun().lab, edited: true }, seed: 9 });
  const engine = anEngine(edited).answer(runs.start, () => aRun({ id: 'routing-fresh' }));
  openPage(engine, address);
  const note = await screen.findByRole('status', { name: 'This lab was edited since the run began' });
  await fireEvent.click(within(note).getByRole('button', { name: 'Start a new run' }));
  await vi.waitFor(() => expect(location.hash).toBe('#/run/routing-fresh'));
  expect(engine.callsOf(runs.start)).toMatchObject([{ lab: 'routing', seed: 9 }]);
});

test('a passed question shows what was read of this run, an open one nothing', async () => {
  const seen = [{ node: 'oak', probe: 'interface', of: 'eth0', field: 'address', values: ['02:aa'] }];
  oneQuestion(anAnswer(), anAnswer({ state: 'pass', earned: 1, given: '02:aa', attempts: 1, seen }));
  await fireEvent.input(await screen.findByRole('textbox', { name: 'MAC address' }), { target: { value: '02:aa' } });
  expect(screen.queryByRole('region', { name: 'What you saw' })).toBeNull();
  await fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true });
  const list = await screen.findByRole('region', { name: 'What you saw' });
  expect(within(list).getByText('oak: interface eth0, address')).toBeTruthy();
  expect(within(list).getByText('02:aa')).toBeTruthy();
});
