import type { DrawnNode } from '../../electron/contract/models/drawing.ts';

/** The main direction: from the middle of the network downwards, or to the right. */
export type Direction = 'down' | 'right';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a cable is plugged in; `link` is its place among the drawing's links. `words` stand at `x`, `y` of the first line's foot. */
export interface Jack extends Point {
  readonly link: number;
  readonly segment: number;
  readonly words: {
    readonly lines: readonly string[];
    readonly x: number;
    readonly y: number;
    readonly anchor: Anchor;
  };
}
export type Anchor = 'start' | 'middle' | 'end';

/** `x`, `y`: its upper left corner. */
export interface PlacedNode {
  readonly node: DrawnNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where its name stands, centred or from the left. */
  readonly name: { readonly x: number; readonly y: number; readonly anchor: Anchor };
  readonly jacks: readonly Jack[];
}

export interface Cable {
  readonly path: string;
  readonly segment: number;
}

export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly cables: readonly Cable[];
}
