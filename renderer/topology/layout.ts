import { Graph, layout } from '@dagrejs/dagre';
import type { Drawing, DrawnNode } from '../../electron/contract/models/drawing.ts';
import { boxOf } from './boxes.ts';
import { arrowsOf } from './levels.ts';
import { placeBox } from './placeBox.ts';
import type { Cable, Direction, Placed, Point } from './placed.ts';

/** The one of both directions that is larger in a column of `room` pixels. `kindOf` says what a node is, in words. */
export const fitted = (drawing: Drawing, room: number, kindOf: (node: DrawnNode) => string): Placed => {
  const [down, right] = (['down', 'right'] as const).map((direction) => placed(drawing, direction, kindOf));
  if (!down || !right) throw new Error('Two directions give two drawings.');
  const scale = ({ width }: Placed) => Math.min(1, room / width);
  const wider = scale(right) / scale(down);
  return wider > 1.05 || (wider >= 1 && right.height <= down.height) ? right : down;
};

export const placed = (drawing: Drawing, direction: Direction, kindOf: (node: DrawnNode) => string): Placed => {
  const arrows = arrowsOf(drawing);
  const boxes = drawing.nodes.map((node) => boxOf(drawing, node, arrows, direction, kindOf));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction === 'down' ? 'TB' : 'LR',
    nodesep: 20,
    ranksep: 48,
    marginx: 8,
    marginy: 8,
  });
  for (const { node, width, height } of boxes) graph.setNode(node.name, { width, height });
  for (const { link, from } of arrows) {
    const cable = drawing.links[link];
    if (cable) graph.setEdge(cable[from].node, cable[from === 'a' ? 'b' : 'a'].node, {}, String(link));
  }
  layout(graph);

  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  // dagre wrote the places into the labels that it was given.
  const place = (name: string): Point => graph.node(name) as Point;
  const mirror = isMirrored(drawing, place, direction);
  const turned = ({ x, y }: Point): Point =>
    !mirror ? { x, y } : direction === 'down' ? { x: width - x, y } : { x, y: height - y };
  const centre = (name: string): Point => turned(place(name));
  const nodes = boxes.map((box) => placeBox(box, direction, centre));
  const jack = (name: string, link: number) =>
    nodes.find(({ node }) => node.name === name)?.jacks.find((it) => it.link === link);
  const cables = arrows.flatMap(({ link, from }): Cable[] => {
    const cable = drawing.links[link];
    if (!cable) return [];
    const [near, far] = from === 'a' ? [cable.a.node, cable.b.node] : [cable.b.node, cable.a.node];
    const [start, end] = [jack(near, link), jack(far, link)];
    if (!start || !end) return [];
    const edge = graph.edge(near, far, String(link)) as { points: Point[] };
    // Over more than one rank it goes where dagre left room between the boxes.
    const between = edge.points.length > 3 ? edge.points.slice(1, -1).map(turned) : [];
    return [{ path: pathThrough([start, ...between, end], direction), segment: cable.segment }];
  });
  return { width: Math.ceil(width), height: Math.ceil(height), nodes, cables };
};

/** Whether most neighbours in the lab's file stand the other way round: then the drawing is turned over, and reads like the file. */
const isMirrored = ({ nodes }: Drawing, place: (name: string) => Point, direction: Direction): boolean => {
  const across = ({ name }: DrawnNode) => (direction === 'down' ? place(name).x : place(name).y);
  const steps = nodes.slice(1).map((node, before) => Math.sign(across(node) - across(nodes[before] ?? node)));
  return steps.reduce((sum, it) => sum + it, 0) < 0;
};

/** A cord that leaves and arrives straight. */
const pathThrough = (points: readonly Point[], direction: Direction): string => {
  const [first, ...rest] = points;
  if (!first) return '';
  let from = first;
  return rest.reduce(
    (path, to) => {
      const bend =
        direction === 'down'
          ? `C${round(from.x)} ${round((from.y + to.y) / 2)} ${round(to.x)} ${round((from.y + to.y) / 2)}`
          : `C${round((from.x + to.x) / 2)} ${round(from.y)} ${round((from.x + to.x) / 2)} ${round(to.y)}`;
      from = to;
      return `${path}${bend} ${round(to.x)} ${round(to.y)}`;
    },
    `M${round(first.x)} ${round(first.y)}`,
  );
};

const round = (value: number): number => Math.round(value * 10) / 10;
