import { expect, test } from 'vitest';
import { doctor } from './doctor.ts';

test('with an engine nothing about it is wrong', async () => {
  const findings = await doctor();
  const of = (id: string) => findings.find((it) => it.id === id);
  expect(findings.filter((it) => it.state === 'wrong')).toEqual([]);
  expect(of('docker')).toMatchObject({ state: 'ok', detail: expect.stringContaining('API') });
  expect(of('kernel')?.state).toMatch(/ok|skipped/);
});
