import { expect, test } from 'vitest';
import { socketPath } from './socketPath.ts';

test('in the state directory where the path is short enough', () => {
  expect(socketPath('/home/me/.local/state/patchbay', 'linux')).toBe('/home/me/.local/state/patchbay/engine.sock');
});

test('in the runtime directory where it is not, one for each state directory', () => {
  const long = `/home/${'x'.repeat(90)}`;
  const path = socketPath(long, 'linux', '/run/user/1000');
  expect(path).toMatch(/^\/run\/user\/1000\/patchbay-\d+\/[0-9a-f]{16}\.sock$/);
  expect(socketPath(`${long}y`, 'linux', '/run/user/1000')).not.toBe(path);
  expect(Buffer.byteLength(socketPath(long, 'linux', `/run/${'r'.repeat(90)}`))).toBeLessThan(100);
});

test('a named pipe on Windows', () => {
  expect(socketPath('C:\\Users\\me\\Patchbay', 'win32')).toMatch(/^\\\\\.\\pipe\\patchbay-[0-9a-f]{16}$/);
});
