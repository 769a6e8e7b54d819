import type { Drawing, DrawnNode } from '../../electron/contract/models/drawing.ts';
import type { Arrow } from './levels.ts';
import type { Direction } from './placed.ts';
import { GAP, headOf, LINE, widthOfWords, wordsOf } from './sizes.ts';

/** An end of a cable at a box: `in` faces the middle of the drawing, `out` faces away from it. */
export interface Plug {
  readonly link: number;
  readonly segment: number;
  readonly lines: readonly string[];
  /** Along the side. */
  readonly extent: number;
  readonly other: string;
}

/** A node's box before it has a place. */
export interface Box {
  readonly node: DrawnNode;
  readonly width: number;
  readonly height: number;
  readonly head: number;
  readonly in: readonly Plug[];
  readonly out: readonly Plug[];
}

export const boxOf = (
  drawing: Drawing,
  node: DrawnNode,
  arrows: readonly Arrow[],
  direction: Direction,
  kindOf: (node: DrawnNode) => string,
): Box => {
  const plugs = (wanted: 'in' | 'out') =>
    arrows.flatMap(({ link, from }): Plug[] => {
      const cable = drawing.links[link];
      if (!cable) return [];
      const end = wanted === 'out' ? cable[from] : cable[from === 'a' ? 'b' : 'a'];
      const other = end === cable.a ? cable.b : cable.a;
      if (end.node !== node.name) return [];
      const lines = wordsOf(end);
      const extent =
        direction === 'down' ? Math.max(widthOfWords(lines), GAP) + GAP : Math.max(lines.length, 1) * LINE + 6;
      return [{ link, segment: cable.segment, lines, extent, other: other.node }];
    });
  const inner = { in: plugs('in'), out: plugs('out') };
  const head = headOf(node, kindOf(node));
  const size = direction === 'down' ? downwards(head, inner) : sidewards(head, inner);
  return { node, head: head.height, ...inner, ...size };
};

interface Sides {
  readonly in: readonly Plug[];
  readonly out: readonly Plug[];
}
interface Size {
  readonly width: number;
  readonly height: number;
}

export const extentOf = (plugs: readonly Plug[]): number => plugs.reduce((sum, { extent }) => sum + extent, 0);
export const linesOf = (plugs: readonly Plug[]): number => Math.max(0, ...plugs.map(({ lines }) => lines.length));

const downwards = (head: Size, sides: Sides): Size => {
  const side = (plugs: readonly Plug[], more: number) => (linesOf(plugs) > 0 ? linesOf(plugs) * LINE + more : 0);
  return {
    width: Math.max(head.width, extentOf(sides.in) + GAP, extentOf(sides.out) + GAP),
    height: head.height + side(sides.in, 3) + side(sides.out, 8),
  };
};

const sidewards = (head: Size, sides: Sides): Size => {
  const column = (plugs: readonly Plug[]) => Math.max(0, ...plugs.map(({ lines }) => widthOfWords(lines)));
  const words =
    column(sides.in) + column(sides.out) + (column(sides.in) > 0 && column(sides.out) > 0 ? GAP : 0) + 2 * GAP + 4;
  return {
    width: Math.max(head.width, words),
    height: head.height + Math.max(extentOf(sides.in), extentOf(sides.out), 0) + 4,
  };
};
