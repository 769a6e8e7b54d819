import { expect, test, vi } from 'vitest';
import { appImages } from '../docker/images/appImages.ts';
import { isAppImage } from '../docker/images/isAppImage.ts';
import type { KubeEvent, KubeReader } from './kubeReader.ts';
import { followMissingImages, type MissingImage } from './missingImages.ts';

const images = appImages();

test.each([
  ['nginx', true],
  ['nginx:1.27', true],
  ['docker.io/library/nginx:latest', true],
  ['registry.k8s.io/e2e-test-images/jessie-dnsutils:1.3', true],
  ['wbitt/network-multitool', true],
  ['nginx:0.1', false],
  ['ngnix', false],
  ['registry.example:5000/nginx', false],
])('the mirror has %s: %s', (image, has) => {
  expect(isAppImage(images, image)).toBe(has);
});

const pod = (name: string, image: string, reason?: string) => ({
  metadata: { name, namespace: 'default' },
  status: { containerStatuses: [{ image, state: reason ? { waiting: { reason } } : { running: {} } }] },
});

test('what is not there is told once while its pods are, and no other trouble is', async () => {
  let items = [pod('a', 'nginx'), pod('b', 'ngnix', 'ErrImagePull'), pod('c', 'redis', 'ErrImagePull')];
  let wake: (event: KubeEvent) => void = () => undefined;
  const kube: KubeReader = {
    get: async () => ({ items }),
    text: async () => null,
    watch: async (_path, onEvent) => {
      wake = onEvent;
    },
  };
  const told: (readonly MissingImage[])[] = [];
  const ending = new AbortController();
  const event: KubeEvent = { type: 'MODIFIED', object: {} };
  followMissingImages(
    kube,
    (image) => isAppImage(images, image),
    (missing) => told.push(missing),
    ending.signal,
  );
  wake(event);
  wake(event);
  await vi.waitFor(() => expect(told).toEqual([[{ image: 'ngnix', pods: ['default/b'] }]]));
  items = [pod('b', 'ngnix', 'ImagePullBackOff'), pod('a', 'ngnix', 'ErrImagePull')];
  wake(event);
  await vi.waitFor(() => expect(told[1]).toEqual([{ image: 'ngnix', pods: ['default/a', 'default/b'] }]));
  items = [];
  wake(event);
  await vi.waitFor(() => expect(told[2]).toEqual([]));
  ending.abort();
});
