import { expect, test } from 'vitest';
import { LabError } from '../../contract/error.ts';
import { bounded } from './bounded.ts';
import { dockerFailure } from './failure.ts';

/** As docker-modem makes them. */
const said = (statusCode: number, message: string) => Object.assign(new Error(message), { statusCode });
const socket = (code: string) => Object.assign(new Error(`connect ${code} /x.sock`), { code });

test.each<[string, Error, LabError['code']]>([
  ['no socket', socket('ENOENT'), 'docker-missing'],
  ['nobody listens', socket('ECONNREFUSED'), 'docker-missing'],
  ['the engine died', socket('ECONNRESET'), 'docker-missing'],
  ['not allowed', socket('EACCES'), 'docker-permission'],
  ['unknown container', said(404, '(HTTP code 404) no such container - No such container: x '), 'not-found'],
  ['a name taken', said(409, '(HTTP code 409) conflict - name in use '), 'conflict'],
  ['a full disk', said(500, '(HTTP code 500) server error - write /x: no space left on device '), 'disk-full'],
  ['a full disk in a build', new Error('write error: No space left on device'), 'disk-full'],
  ['anything else', said(500, '(HTTP code 500) server error - bad thing '), 'docker-failed'],
])('%s', (_, error, code) => {
  const failure = dockerFailure(error, 'start container a');
  expect(failure.code).toBe(code);
  expect(failure.message).toContain('start container a');
  expect(failure.cause).toBe(error);
});

test('the words are the engine\u2019s, without their frame', () => {
  expect(dockerFailure(said(500, '(HTTP code 500) server error - bad thing '), 'x').message).toBe(
    'Docker could not x: bad thing',
  );
});

test('an error of ours stays as it is', () => {
  const error = new LabError('limit', 'Too big.');
  expect(dockerFailure(error, 'x')).toBe(error);
});

test('nothing waits for ever', async () => {
  let aborted = false;
  const never = bounded('answer', 20, (signal) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return new Promise(() => undefined);
  });
  await expect(never).rejects.toMatchObject({ code: 'timeout' });
  expect(aborted).toBe(true);
});
