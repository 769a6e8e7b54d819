import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Drawing } from '../../electron/contract/models/drawing.ts';
import { anEngine, openPage } from '../testing/openPage.ts';
import { aDrawing } from '../testing/samples.ts';
import { fitted, placed } from './layout.ts';
import Topology from './Topology.svelte';

const kindOf = ({ kind }: Drawing['nodes'][number]) => kind;
const star = (leaves: number): Drawing => ({
  nodes: [
    { name: 'sw', kind: 'switch' },
    ...Array.from({ length: leaves }, (_, at) => ({ name: `host${at}`, kind: 'host' as const })),
  ],
  links: Array.from({ length: leaves }, (_, at) => ({
    a: { node: `host${at}`, port: 'eth0', addresses: ['10.20.30.40/24'] },
    b: { node: 'sw', port: `port${at}`, addresses: [] },
    segment: 0,
  })),
  networks: [],
});
const ring: Drawing = {
  nodes: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, kind: 'router' })),
  links: ['ab', 'bc', 'cd', 'de', 'ea', 'ab'].map(([a = '', b = ''], segment) => ({
    a: { node: a, port: `to-${b}${segment}`, addresses: [] },
    b: { node: b, port: `to-${a}${segment}`, addresses: [] },
    segment,
  })),
  networks: [],
};

test.each([
  ['a star', star(3)],
  ['a star of twelve', star(12)],
  ['a ring, with two cables between two nodes', ring],
  ['the sample', aDrawing],
  ['a single node', { nodes: [{ name: 'alone', kind: 'host' }], links: [], networks: [] } satisfies Drawing],
])('%s: no two boxes overlap, and all is inside', (_, drawing) => {
  for (const direction of ['down', 'right'] as const) {
    const { nodes, cables, width, height } = placed(drawing, direction, kindOf);
    expect(cables).toHaveLength(drawing.links.length);
    for (const [at, one] of nodes.entries()) {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.y).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width).toBeLessThanOrEqual(width);
      expect(one.y + one.height).toBeLessThanOrEqual(height);
      for (const other of nodes.slice(at + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart, `${one.node.name} and ${other.node.name}`).toBe(true);
      }
    }
  }
});

test('the same drawing has the same places each time, and fits its column where it can', () => {
  expect(fitted(star(3), 352, kindOf)).toEqual(fitted(star(3), 352, kindOf));
  expect(fitted(star(12), 352, kindOf).width).toBeLessThanOrEqual(352);
});

test('it is an image with a name and a description, and a list says the same', async () => {
  render(Topology, { drawing: aDrawing, room: 352 });
  const image = screen.getByRole('img', { name: '4 nodes: a, router, b, sw1' });
  const list = document.getElementById(image.getAttribute('aria-describedby') ?? '');
  expect(list?.textContent).toContain('a eth0 192.168.4.10 to sw1 port1');
  expect(within(screen.getByRole('list', { name: 'Networks' })).getByText('192.168.4.0/24')).toBeTruthy();
});

test('Alt T shows it beside any question, and closes it again', async () => {
  openPage(anEngine(), '#/run/routing-abcde');
  await screen.findByText('Question 1 of 4');
  await fireEvent.keyDown(document.body, { key: 't', code: 'KeyT', altKey: true });
  expect(await screen.findByRole('dialog', { name: 'Topology' })).toBeTruthy();
  await fireEvent.keyDown(document.body, { key: 't', code: 'KeyT', altKey: true });
  expect(screen.queryByRole('dialog', { name: 'Topology' })).toBeNull();
});
