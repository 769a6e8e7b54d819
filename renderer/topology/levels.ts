import type { Drawing } from '../../electron/contract/models/drawing.ts';

/** Cables as arrows away from the middle of the drawing. An arrow's end is its cable's `a` or `b`. */
export interface Arrow {
  readonly link: number;
  readonly from: 'a' | 'b';
}

/** The node with the most cables stands first, what is plugged into it next, and so on: what hangs together stands together. */
export const arrowsOf = ({ nodes, links }: Drawing): Arrow[] => {
  const degree = (name: string) => links.filter(({ a, b }) => a.node === name || b.node === name).length;
  const order: string[] = [];
  const visit = (start: string) => {
    const waiting = [start];
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (order.includes(name)) continue;
      order.push(name);
      for (const { a, b } of links) {
        if (a.node === name) waiting.push(b.node);
        if (b.node === name) waiting.push(a.node);
      }
    }
  };
  const byDegree = [...nodes].sort((one, other) => degree(other.name) - degree(one.name));
  for (const { name } of byDegree) visit(name);
  return links.map(({ a, b }, link) => ({ link, from: order.indexOf(a.node) <= order.indexOf(b.node) ? 'a' : 'b' }));
};
