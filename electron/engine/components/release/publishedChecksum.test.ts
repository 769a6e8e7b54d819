import { expect, test } from 'vitest';
import { checksumIn } from './publishedChecksum.ts';

const sum = 'ab'.repeat(32);
const other = 'cd'.repeat(32);

test.each([
  ['alone', `${sum}\n`],
  ['alone, without an end of line', sum],
  ['as sha256sum prints it', `${sum}  etcd.tar.gz\n`],
  ['of a binary file, with its folder', `${sum} *./dist/etcd.tar.gz\n`],
  ['among others', `${other}  etcd.zip\n${sum}  etcd.tar.gz\n${other}  etcd.tar.gz.sig\n`],
  ['in capitals', `${sum.toUpperCase()}  etcd.tar.gz`],
])('a checksum %s', (_, text) => {
  expect(checksumIn(text, 'etcd.tar.gz')).toBe(sum);
});

test.each([
  ['of another file', `${sum}  etcd.zip\n`],
  ['too short', `${sum.slice(1)}  etcd.tar.gz\n`],
  ['several without names', `${sum}\n${other}\n`],
  ['a page', '<html><body>Not found</body></html>'],
  ['nothing', ''],
])('none: %s', (_, text) => {
  expect(checksumIn(text, 'etcd.tar.gz')).toBe(null);
});
