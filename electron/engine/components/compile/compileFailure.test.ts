import { expect, test } from 'vitest';
import { compileFailure } from './compileFailure.ts';

test.each([
  ['disk-full', 'mkdir /cache/compiled/a: no space left on device', 'disk is full'],
  ['image-failed', 'verifying k8s.io/api@v0.34.4: checksum mismatch', 'not what is pinned'],
  [
    'image-failed',
    'checksum mismatch: golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64 has h1:x, pinned is h1:y',
    'not what is pinned',
  ],
  [
    'image-failed',
    'Get "https://proxy.golang.org/x.zip": dial tcp: lookup proxy.golang.org: no such host',
    'could not be reached',
  ],
  ['image-failed', 'reading https://proxy.golang.org/x/@v/v1.mod: 404 Not Found', 'does not have a module'],
  ['image-failed', 'curl: (28) Operation too slow. Less than 1000 bytes/sec', 'could not be reached'],
  ['image-failed', 'curl: (60) SSL certificate problem: self-signed certificate in certificate chain', 'not trusted'],
  ['limit', 'k8s.io/api: /cache/go/pkg/tool/linux_amd64/compile: signal: killed', 'too little memory'],
  ['image-failed', './main.go:3:1: syntax error', 'exit code 2'],
])('%s: %s', (code, line, said) => {
  const error = compileFailure(['k8s.io/api/core/v1', line, 'end'], 2);
  expect(error).toMatchObject({
    code,
    message: expect.stringContaining(said),
    data: { log: expect.arrayContaining([line]) },
  });
  expect(error.hint).toBeTruthy();
});

test('a container that went away is said to be gone', () => {
  expect(compileFailure([], null).message).toContain('went away');
});
