import { expect, test } from 'vitest';
import { appImages } from './appImages.ts';

test('images are named as a learner writes them', () => {
  const table = [
    '# a remark',
    '',
    'busybox  library/busybox  latest 1.28',
    'multitool  wbitt/network-multitool   latest',
    'multitool  e2e-test-images/jessie-dnsutils  1.3',
  ].join('\n');
  expect(appImages(table)).toEqual([
    { name: 'busybox', tags: ['latest', '1.28'] },
    { name: 'wbitt/network-multitool', tags: ['latest'] },
    { name: 'registry.k8s.io/e2e-test-images/jessie-dnsutils', tags: ['1.3'] },
  ]);
});

test('what labs run is there', () => {
  const has = (name: string, tag: string) =>
    appImages()
      .find((image) => image.name === name)
      ?.tags.includes(tag);
  expect(has('nginx', 'latest')).toBe(true);
  expect(has('busybox', '1.28')).toBe(true);
  expect(has('wbitt/network-multitool', 'latest')).toBe(true);
});
