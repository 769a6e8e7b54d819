import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { label } from '../../../docker/labels.ts';
import type { ContainerState } from '../../../docker/model.ts';
import { pruneStates } from './prune.ts';
import { FrozenStore } from './store.ts';

test('states go but those of the present image and of clusters that stand', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'patchbay-prune-'));
  try {
    const store = new FrozenStore(stateDir);
    const keyOf = (nodeImage: string) => ({ nodeImage, variant: 'amber', nodes: ['controlplane'] });
    const images = ['older', 'used', 'current'];
    for (const image of images)
      await store.write(keyOf(image), {
        kubeconfig: '',
        overlay: [],
        nodes: new Map([['controlplane', Buffer.of(1)]]),
      });
    const kept = async () => (await Promise.all(images.map((image) => store.has(keyOf(image))))).map(Number).join('');
    let standing: Record<string, string>[] = [{ [label.unit]: 'used' }];
    const docker = {
      list: async (asked: Readonly<Record<string, string>>) => {
        expect(asked[label.owner]).toBe('mine');
        return standing.map((labels) => ({ labels }) as unknown as ContainerState); // Nothing else of it is read.
      },
    };
    await pruneStates(docker, { owner: 'mine', stateDir, current: 'current' });
    expect(await kept()).toBe('011');
    standing = [];
    await pruneStates(docker, { owner: 'mine', stateDir, current: null });
    expect(await kept()).toBe('000');
  } finally {
    rmSync(stateDir, { recursive: true });
  }
});
