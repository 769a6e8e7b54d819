import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Arch, componentsFolder, filledIn, pins } from './pins.ts';

const urls = (arch: Arch) =>
  pins().components.flatMap(({ release, version, binaries }) =>
    (release?.kind === 'files' ? binaries : ['']).flatMap((binary) =>
      release ? [release.url, release.checksum].map((it) => filledIn(it, { version, arch, binary })) : [],
    ),
  );

test('every binary that clusters need comes from one component', () => {
  const binaries = pins().components.flatMap((it) => it.binaries);
  expect([...binaries].sort()).toEqual([
    ...['coredns', 'crictl', 'etcd', 'etcdctl', 'flannel', 'flanneld', 'kube-apiserver', 'kube-controller-manager'],
    ...['kube-proxy', 'kube-scheduler', 'kubeadm', 'kubectl', 'kubelet', 'pause', 'registry'],
  ]);
});

test("upstream's addresses are formed from the pins", () => {
  expect(urls('amd64')).toContain('https://dl.k8s.io/release/v1.34.4/bin/linux/amd64/kubelet');
  expect(urls('arm64')).toContain('https://dl.k8s.io/release/v1.34.4/bin/linux/arm64/kube-proxy.sha256');
  expect(urls('arm64')).toContain(
    'https://github.com/etcd-io/etcd/releases/download/v3.6.5/etcd-v3.6.5-linux-arm64.tar.gz',
  );
  for (const url of [...urls('amd64'), ...urls('arm64')]) expect(new URL(url).href).toBe(url);
  expect(new Set(urls('amd64')).size).toBe(urls('amd64').length);
});

test('a template that asks for something unknown is a fault', () => {
  expect(() => filledIn('https://x/{version}/{flavour}', { version: '1' })).toThrow('flavour');
});

test.each(pins().components.filter(({ compile }) => compile.kind === 'go'))(
  'go.mod of $name asks for the version that is pinned, and go.sum has its checksum',
  ({ name, version, binaries, compile }) => {
    if (compile.kind !== 'go') throw new Error('Filtered above.');
    expect(Object.keys(compile.packages).sort()).toEqual([...binaries].sort());
    const read = (file: string) => readFileSync(join(componentsFolder(), name, file), 'utf8');
    for (const goPackage of Object.values(compile.packages)) {
      expect(read('go.mod')).toContain(goPackage);
      const line = read('go.mod')
        .split('\n')
        .find(
          (it) =>
            it.includes(` v${version}`) &&
            goPackage.startsWith(
              it
                .trim()
                .replace(/^require /, '')
                .split(' ')[0] ?? '?',
            ),
        );
      expect(line, `${name} requires ${goPackage} at v${version}`).toBeDefined();
    }
    expect(read('go.sum')).toMatch(new RegExp(` v${version.replaceAll('.', '\\.')} h1:`));
    expect(read('go.mod')).not.toMatch(/^toolchain/m);
  },
);

test('what is written in C has a source for each binary', () => {
  for (const { name, binaries, compile } of pins().components)
    if (compile.kind === 'c')
      for (const binary of binaries) expect(existsSync(join(componentsFolder(), name, `${binary}.c`))).toBe(true);
});
