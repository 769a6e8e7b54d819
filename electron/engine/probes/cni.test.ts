import { expect, test } from 'vitest';
import { cniProbe } from './cni.ts';
import { NodeDouble } from './nodeDouble.ts';

const files = {
  '/etc/cni/net.d/10-flannel.conflist': JSON.stringify({
    name: 'cbr0',
    cniVersion: '0.3.1',
    plugins: [
      { type: 'flannel', delegate: { hairpinMode: true } },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  }),
  '/etc/cni/net.d/87-own.conf': JSON.stringify({ name: 'own', cniVersion: '1.0.0', type: 'bridge', bridge: 'br7' }),
  '/etc/cni/net.d/README': 'no config',
  '/opt/cni/bin/flannel': 'x',
  '/opt/cni/bin/bridge': 'x',
};
const reading = (given: Record<string, string>, params: unknown = {}) =>
  cniProbe.read(new NodeDouble({ files: given }), cniProbe.params.parse(params));

test('the plugins of the first config, in their order', async () =>
  expect(await reading(files)).toEqual([
    {
      type: 'flannel',
      position: 1,
      installed: true,
      path: '/etc/cni/net.d/10-flannel.conflist',
      name: 'cbr0',
      'cni-version': '0.3.1',
      bridge: 'cni0',
      valid: true,
      count: 2,
    },
    expect.objectContaining({ type: 'portmap', position: 2, installed: false, bridge: null }),
  ]));
test('one by itself, that now comes first', async () =>
  expect(await reading({ ...files, '/etc/cni/net.d/00-own.conf': files['/etc/cni/net.d/87-own.conf'] })).toMatchObject([
    { type: 'bridge', bridge: 'br7', name: 'own', count: 1 },
  ]));
test('all configs', async () =>
  expect((await reading(files, { list: 'configs' })).map(({ path }) => path)).toEqual([
    '/etc/cni/net.d/10-flannel.conflist',
    '/etc/cni/net.d/87-own.conf',
  ]));
test('binaries', async () => {
  expect(await reading(files, { list: 'binaries' })).toMatchObject([{ count: 2 }, { path: '/opt/cni/bin/bridge' }]);
  expect(await reading(files, { list: 'binaries', binary: 'dhcp' })).toEqual([]);
});
test.each(['', '{', '[]', '{"plugins":[]}', '{"name":"x"}'])(
  'a first config like %s is there, and no config',
  async (text) =>
    expect(await reading({ ...files, '/etc/cni/net.d/00.conflist': text })).toMatchObject([
      { path: '/etc/cni/net.d/00.conflist', valid: false, type: null },
    ]),
);
test('no folder at all', async () => expect(await reading({})).toEqual([]));
