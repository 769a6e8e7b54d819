import { expect, test, vi } from 'vitest';
import { appImages } from '../docker/images/appImages.ts';
import { isAppImage } from '../docker/images/isAppImage.ts';
import type { EnvironmentChange } from './environment.ts';
import type { KubeReader } from './kubeReader.ts';
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
  let looks = 0;
  const listeners = new Set<(change: EnvironmentChange) => void>();
  const kube: KubeReader = {
    get: async () => {
      looks++;
      return { items };
    },
    text: async () => null,
    watch: () => Promise.reject(new Error('The environment watches already.')),
  };
  const onChange = (listener: (change: EnvironmentChange) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const told: (readonly MissingImage[])[] = [];
  const ending = new AbortController();
  const happens = (source: EnvironmentChange['source']) => {
    for (const listener of listeners) listener({ node: 'controlplane', source });
  };
  followMissingImages(
    { kube, onChange },
    (image) => isAppImage(images, image),
    (missing) => told.push(missing),
    ending.signal,
  );
  // What was there before anybody listened is found too.
  await vi.waitFor(() => expect(told).toEqual([[{ image: 'ngnix', pods: ['default/b'] }]]));
  items = [pod('b', 'ngnix', 'ImagePullBackOff'), pod('a', 'ngnix', 'ErrImagePull')];
  looks = 0;
  happens('network');
  happens('cluster');
  happens('cluster');
  await vi.waitFor(() => expect(told[1]).toEqual([{ image: 'ngnix', pods: ['default/a', 'default/b'] }]));
  expect(looks).toBe(1);
  items = [];
  happens('cluster');
  await vi.waitFor(() => expect(told[2]).toEqual([]));
  ending.abort();
  expect(listeners.size).toBe(0);
});
