import { expect, test } from 'vitest';
import { type Component, pins } from '../pins.ts';
import { goBuild, programOf } from './goBuild.ts';

const building = (name: string, arch: 'amd64' | 'arm64') => {
  const component = pins().components.find((it) => it.name === name) as Component; // pins.test.ts says that it is there
  if (component.compile.kind !== 'go') throw new Error(`${name} is not written in Go.`);
  return goBuild(component, component.compile, arch);
};

test('without C, without paths, with the version', () => {
  const { env, options } = building('kubernetes', 'amd64');
  expect(env).toEqual(['CGO_ENABLED=0']);
  expect(options.slice(0, 3)).toEqual(['-trimpath', '-tags', 'selinux,notest,grpcnotrace']);
  expect(options[4]).toMatch(/^-s -w -X k8s\.io\/component-base\/version\.gitVersion=v1\.34\.4 /);
  expect(options[4]).not.toContain('{');
});

test('flannel needs C on one processor, and is linked statically there', () => {
  expect(building('flannel', 'amd64').env).toEqual(['CGO_ENABLED=1']);
  expect(building('flannel', 'amd64').options.at(-1)).toContain('-extldflags -static');
  expect(building('flannel', 'arm64').env).toEqual(['CGO_ENABLED=0']);
});

test.each([
  ['k8s.io/kubernetes/cmd/kubelet', 'kubelet'],
  ['go.etcd.io/etcd/server/v3', 'server'],
  ['github.com/distribution/distribution/v3/cmd/registry', 'registry'],
])('the program of %s is called %s', (goPackage, program) => {
  expect(programOf(goPackage)).toBe(program);
});
