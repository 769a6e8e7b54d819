import { type Box, extentOf, linesOf, type Plug } from './boxes.ts';
import type { Direction, Jack, PlacedNode, Point } from './placed.ts';
import { GAP, LINE } from './sizes.ts';

/** From a box's edge to the nearest line: a jack takes half of it. */
const INSET = 8;
const FOOT = 12;

/** A box at its place, with its jacks along two of its edges in the order of whom they lead to, so that cables cross as little as can be. */
export const placeBox = (box: Box, direction: Direction, centre: (name: string) => Point): PlacedNode => {
  const at = centre(box.node.name);
  const { width, height } = box;
  const frame = { x: at.x - width / 2, y: at.y - height / 2, width, height };
  const across = (name: string) => (direction === 'down' ? centre(name).x : centre(name).y);
  const side = (plugs: readonly Plug[], which: Which): Jack[] => {
    let along = direction === 'down' ? at.x - extentOf(plugs) / 2 : frame.y + box.head;
    return [...plugs]
      .sort((one, other) => across(one.other) - across(other.other) || one.link - other.link)
      .map((plug) => {
        along += plug.extent;
        const middle = along - plug.extent / 2;
        return direction === 'down' ? atEdge(plug, middle, which, frame) : atSide(plug, middle, which, frame);
      });
  };
  const above = direction === 'down' ? linesOf(box.in) * LINE : 0;
  return {
    node: box.node,
    ...frame,
    name: { x: at.x, y: frame.y + above + (above > 0 ? 21 : 18), anchor: 'middle' },
    jacks: [...side(box.in, 'in'), ...side(box.out, 'out')],
  };
};

/** `in` is the upper edge or the left side, `out` the opposite one. */
type Which = 'in' | 'out';
type Frame = Pick<PlacedNode, 'x' | 'y' | 'width' | 'height'>;

const atEdge = ({ link, segment, lines }: Plug, middle: number, which: Which, { y, height }: Frame): Jack => {
  const first = which === 'in' ? y + INSET + LINE - 3 : y + height - FOOT - (lines.length - 1) * LINE;
  const edge = which === 'in' ? y : y + height;
  return { link, segment, x: middle, y: edge, words: { lines, x: middle, y: first, anchor: 'middle' } };
};

const atSide = ({ link, segment, lines }: Plug, middle: number, which: Which, { x, width }: Frame): Jack => {
  const y = middle + 4 - ((lines.length - 1) * LINE) / 2;
  return which === 'in'
    ? { link, segment, x, y: middle, words: { lines, x: x + GAP + 2, y, anchor: 'start' } }
    : { link, segment, x: x + width, y: middle, words: { lines, x: x + width - GAP - 2, y, anchor: 'end' } };
};
