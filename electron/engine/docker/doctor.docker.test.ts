import { expect, test } from 'vitest';
import { clusterDiagnoses } from '../environments/diagnoses/cluster.ts';
import { diagnoses, doctor } from './doctor.ts';

test('with an engine nothing about it is wrong', async () => {
  const findings = await doctor([...diagnoses, ...clusterDiagnoses]);
  const of = (id: string) => findings.find((it) => it.id === id);
  expect(findings.filter((it) => it.state === 'wrong')).toEqual([]);
  expect(of('docker')).toMatchObject({ state: 'ok', detail: expect.stringContaining('API') });
  expect(of('kernel')?.state).toMatch(/ok|skipped/);
  expect(of('cluster-kernel')?.state).toMatch(/ok|skipped|warning/);
  expect(of('cluster-room')?.state).toMatch(/ok|warning/);
});
