import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineCertificates } from './machineCertificates.ts';

test('the file that the machine names, or the next one where it cannot be read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-certificates-'));
  const file = join(folder, 'company.pem');
  writeFileSync(file, 'a certificate');
  expect(String(await machineCertificates({ SSL_CERT_FILE: file }))).toBe('a certificate');
  const second = { SSL_CERT_FILE: join(folder, 'none.pem'), NODE_EXTRA_CA_CERTS: file };
  expect(String(await machineCertificates(second))).toBe('a certificate');
  rmSync(folder, { recursive: true });
});
