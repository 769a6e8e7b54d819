import { expect, test } from 'vitest';
import { CompileProgress } from './compileProgress.ts';

const compiling = (work: Partial<ConstructorParameters<typeof CompileProgress>[0]>) => {
  let seconds = 0;
  const progress = new CompileProgress(
    { packages: 1000, toDo: 1000, links: 2, usual: 105, ...work },
    () => seconds * 1000,
  );
  return {
    progress,
    after: (more: number, packages: number) => {
      seconds += more;
      for (let i = 0; i < packages; i++) progress.line(`k8s.io/package/${i}`);
    },
  };
};

test('before it has a pace of its own, the usual one counts', () => {
  const { progress } = compiling({});
  expect(progress.left()).toBeCloseTo(105);
  expect(progress.text()).toBe('0 of 1000 packages, about 2 min left');
});

test('then its own', () => {
  const { progress, after } = compiling({});
  after(100, 500);
  // A fifth of a second each: 500 packages and two programs are left.
  expect(progress.left()).toBeCloseTo(0.2 * 550);
  after(10, 0);
  expect(progress.left()).toBeCloseTo(0.2 * 550 - 10);
});

test('what an earlier attempt did counts as done', () => {
  const { progress, after } = compiling({ toDo: 300 });
  expect(progress.text()).toMatch(/^700 of 1000 packages, about 35 s left/);
  after(30, 100);
  expect(progress.text()).toMatch(/^800 of 1000/);
});

test('after the last package it links, and never promises less than a second', () => {
  const { progress, after } = compiling({ toDo: 100 });
  after(10, 100);
  expect(progress.text()).toBe('linking, about 5 s left');
  after(600, 0);
  expect(progress.left()).toBe(1);
});

test('lines that are no package do not count', () => {
  const { progress } = compiling({});
  progress.line('# k8s.io/kubernetes/cmd/kubelet');
  progress.line('./main.go:3:1: syntax error');
  expect(progress.text()).toMatch(/^0 of/);
});
