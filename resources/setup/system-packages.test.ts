import { expect, test } from 'vitest';
import { installCommand, installedIn, privilegeFor } from './system-packages.mjs';

test.each([
  { uid: 0, sudo: false, terminal: false, privilege: 'root' },
  { uid: 1000, sudo: true, terminal: true, privilege: 'sudo' },
  { uid: 1000, sudo: true, terminal: false, privilege: 'sudo-quiet' },
  { uid: 1000, sudo: false, terminal: true, privilege: 'none' },
])('uid $uid, sudo $sudo, terminal $terminal: $privilege', ({ privilege, ...me }) => {
  expect(privilegeFor(me)).toBe(privilege);
});

test('only what is wholly installed counts', () => {
  expect(installedIn('ii git\nun xvfb\nrc docker.io\niF chromium\nii  libnss3\n')).toEqual(new Set(['git', 'libnss3']));
});

test('the command can be pasted', () => {
  expect(installCommand(['docker.io']).join(' ')).toBe('apt-get install -y --no-install-recommends docker.io');
});
