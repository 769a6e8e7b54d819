import { afterEach, expect, test, vi } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { Finding } from '../../contract/models/status.ts';
import { ok } from './diagnoses/diagnosis.ts';
import { diagnoses, doctor } from './doctor.ts';

afterEach(() => vi.unstubAllEnvs());

test('every diagnosis has an id of its own', () => {
  expect(new Set(diagnoses.map((it) => it.id)).size).toBe(diagnoses.length);
});

test('without an engine it says what was tried and goes on with the rest', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock');
  const findings = await doctor();
  for (const it of findings) Finding.parse(it);
  const state = Object.fromEntries(findings.map((it) => [it.id, it.state]));
  expect(state).toMatchObject({ docker: 'wrong', kernel: 'skipped', images: 'skipped', node: 'ok' });
  const docker = findings.find((it) => it.id === 'docker');
  expect(docker?.detail).toContain('unix:///nowhere/docker.sock');
  expect(docker?.fix).toContain('unset DOCKER_HOST');
});

test('a check that fails is a finding, not the end', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock');
  const broken = () => Promise.reject(new LabError('internal', 'It broke.', { hint: 'Mend it.' }));
  const findings = await doctor([
    { id: 'a', title: 'A', needsDocker: false, check: broken },
    { id: 'b', title: 'B', needsDocker: false, check: async () => ok('fine') },
  ]);
  expect(findings).toEqual([
    { id: 'a', title: 'A', state: 'wrong', detail: 'It broke.', fix: 'Mend it.' },
    { id: 'b', title: 'B', state: 'ok', detail: 'fine', fix: null },
  ]);
});
