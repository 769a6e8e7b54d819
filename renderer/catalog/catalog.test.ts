import { cleanup, fireEvent, screen, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { catalog, docker, runs } from '../../electron/contract/calls.ts';
import { LabError } from '../../electron/contract/error.ts';
import type { LabCard } from '../../electron/contract/models/lab.ts';
import { statusChanged } from '../../electron/contract/pushes.ts';
import { anEngine, openPage } from '../testing/openPage.ts';
import { aBrokenLab, aLab, aRun, aStatus, aSummary } from '../testing/samples.ts';

const switching = aLab({ id: 'switching', title: 'Two hosts, one switch', topics: ['switching'], minutes: 15 });

test('labs stand by topic, the selected one beside them', async () => {
  openPage(anEngine().answer(catalog.labs, () => ({ labs: [switching, aLab()] })));
  const list = await screen.findByRole('listbox', { name: 'Labs' });
  expect(within(list).getAllByRole('option')).toHaveLength(2);
  expect(within(list).getByRole('group', { name: 'Switching' })).toBeTruthy();
  await fireEvent.click(within(list).getByText('A router between networks'));
  expect(screen.getByRole('heading', { name: 'A router between networks' })).toBeTruthy();
});

test('until the engine answers, the labs of the last time stand there; then those that are there now', async () => {
  openPage(anEngine());
  await screen.findByRole('option');
  cleanup();

  let come = (_: { labs: LabCard[] }) => {};
  const later = new Promise<{ labs: LabCard[] }>((resolve) => {
    come = resolve;
  });
  openPage(anEngine().answer(catalog.labs, () => later));
  expect(screen.getAllByRole('option')).toHaveLength(1);
  come({ labs: [switching, aLab()] });
  await vi.waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
});

test('what was kept by another version, or is no list of labs, is passed over', async () => {
  localStorage.setItem('patchbay.catalog', '{"labs":[{"state":"ok","id":"old"}],"runs":[]}');
  openPage(anEngine().answer(catalog.labs, () => new Promise(() => {})));
  expect(screen.queryAllByRole('option')).toEqual([]);
});

test('search narrows the list, and nothing found offers the way back', async () => {
  openPage(anEngine().answer(catalog.labs, () => ({ labs: [switching, aLab()] })));
  const field = await screen.findByRole('searchbox', { name: 'Search labs' });
  await screen.findAllByRole('option');
  await fireEvent.input(field, { target: { value: 'router' } });
  expect(screen.getAllByRole('option')).toHaveLength(1);
  await fireEvent.input(field, { target: { value: 'zebra' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Show all labs' }));
  expect(screen.getAllByRole('option')).toHaveLength(2);
});

test('/ goes to the search field', async () => {
  openPage(anEngine());
  const field = await screen.findByRole('searchbox');
  await fireEvent.keyDown(document.body, { key: '/' });
  expect(document.activeElement === field).toBe(true);
});

test('Enter on a lab starts a run with its own attempt id and goes to it', async () => {
  const engine = anEngine().answer(runs.start, () =>
    aRun({ environment: { state: 'starting', title: 'Starting', steps: [] } }),
  );
  openPage(engine);
  await fireEvent.keyDown(await screen.findByRole('option'), { key: 'Enter' });
  await vi.waitFor(() => expect(location.hash).toBe('#/run/routing-abcde'));
  expect(engine.callsOf(runs.start)).toEqual([{ lab: 'routing', attempt: expect.stringMatching(/^[0-9a-f]{24}$/) }]);
});

test('a typed seed goes with the start; a wrong one does not start', async () => {
  const engine = anEngine().answer(runs.start, () => aRun());
  openPage(engine);
  const practice = await screen.findByRole('button', { name: 'Practice' });
  const seed = screen.getByRole('textbox', { name: 'Seed', hidden: true });
  await fireEvent.input(seed, { target: { value: '4294967296' } });
  await fireEvent.click(practice);
  expect(engine.callsOf(runs.start)).toEqual([]);
  expect(screen.getByText(/whole number from 0/)).toBeTruthy();
  await fireEvent.input(seed, { target: { value: '42' } });
  await fireEvent.click(practice);
  await vi.waitFor(() => expect(engine.callsOf(runs.start)).toMatchObject([{ seed: 42 }]));
});

test('an open run is offered first, and C continues it', async () => {
  openPage(anEngine().answer(runs.list, () => ({ runs: [aSummary()] })));
  await screen.findByText('question 2 of 4, environment running');
  await fireEvent.keyDown(document.body, { key: 'c' });
  expect(location.hash).toBe('#/run/routing-abcde');
});

test('a lab that does not load shows its mistakes with file and line', async () => {
  openPage(anEngine().answer(catalog.labs, () => ({ labs: [aLab(), aBrokenLab] })));
  await fireEvent.click(await screen.findByText('dns: 2 mistakes'));
  const peek = screen.getByRole('complementary', { name: 'Selected lab' });
  expect(within(peek).getByText('lab.yaml:12')).toBeTruthy();
  expect(within(peek).getByText('Did you mean address?')).toBeTruthy();
});

test('a lab that cannot start says why beside the button', async () => {
  const lab = aLab({
    availability: { state: 'unavailable', reason: 'kernel has no ipset', hint: 'Use another kernel.' },
  });
  openPage(anEngine().answer(catalog.labs, () => ({ labs: [lab] })));
  expect((await screen.findByRole('button', { name: 'Practice' })).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('Unavailable: kernel has no ipset')).toBeTruthy();
});

test('a lab with a cluster says what is built first and for how long, and can be started all the same', async () => {
  const lab = aLab({
    environment: { kind: 'kubernetes', nodes: ['controlplane', 'node01'] },
    availability: { state: 'preparing', reason: 'Building Kubernetes', secondsLeft: 360 },
  });
  const steps = [
    {
      id: 'kubernetes',
      title: 'Kubernetes 1.34.4',
      state: 'running',
      from: 0,
      seconds: 40,
      usual: 400,
      detail: null,
      error: null,
    },
  ] as const;
  const engine = anEngine()
    .answer(catalog.labs, () => ({ labs: [lab] }))
    .answer(docker.status, () => aStatus({ cluster: { state: 'preparing', steps: [...steps] } }));
  openPage(engine);
  const row = await screen.findByRole('option');
  expect(within(row).getByText('Building Kubernetes')).toBeTruthy();
  expect(within(row).getByText('6 min left')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Practice' }).hasAttribute('disabled')).toBe(false);
  expect(await screen.findByText('Building Kubernetes: Kubernetes 1.34.4')).toBeTruthy();
});

test('a cluster that would not fit says so with the numbers, and cannot be started', async () => {
  const reason = 'A cluster of 2 nodes needs 950 MiB of memory, and 256 MiB are free.';
  openPage(anEngine().answer(catalog.labs, () => ({ labs: [aLab({ availability: { state: 'short', reason } })] })));
  expect((await screen.findByRole('button', { name: 'Practice' })).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText(`No room now: ${reason}`)).toBeTruthy();
});

test('without Docker the catalog stands, says why and what helps, and tries again', async () => {
  const error = new LabError('docker-missing', 'No Docker engine answers.', {
    hint: 'Start it: `systemctl start docker`',
  });
  const engine = anEngine()
    .answer(docker.status, () => aStatus({ docker: { state: 'missing', error: error.toView() } }))
    .answer(docker.prepare, () => aStatus());
  openPage(engine);
  expect(await screen.findByText('No Docker engine answers.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Copy systemctl start docker' })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await vi.waitFor(() => expect(screen.queryByText('No Docker engine answers.') === null).toBe(true));
});

test('images that are being made show their steps, elapsed and usual', async () => {
  const engine = anEngine();
  openPage(engine);
  await screen.findByRole('option');
  const step = { id: 'host', title: 'Build patchbay/host', from: 0, error: null };
  engine.push(
    statusChanged,
    aStatus({
      images: {
        state: 'preparing',
        steps: [{ ...step, state: 'running', seconds: 12, usual: 48, detail: 'unpacking' }],
      },
    }),
  );
  expect(await screen.findByText('Build patchbay/host')).toBeTruthy();
  expect(screen.getByText(/12 s so far, usually 48 s/)).toBeTruthy();
});
