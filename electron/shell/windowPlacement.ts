import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const Placement = z.object({
  /** Without x and y the system places the window. Device-independent pixels. */
  bounds: z.object({ x: z.int().optional(), y: z.int().optional(), width: z.int(), height: z.int() }),
  maximized: z.boolean(),
});
export type Placement = z.infer<typeof Placement>;

/** The page is made for no less than this. */
export const SMALLEST = { width: 1280, height: 720 };
const usual: Placement = { bounds: { width: 1280, height: 800 }, maximized: false };

/** How much of the window's top must be on a display so that it can be grasped. */
const GRASP = 100;

/** Where the window was last, unless that cannot be read or is on no display any more. */
export function readPlacement(file: string, displays: readonly Area[]): Placement {
  let kept: Placement;
  try {
    kept = Placement.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return usual;
  }
  const size = {
    width: Math.max(kept.bounds.width, SMALLEST.width),
    height: Math.max(kept.bounds.height, SMALLEST.height),
  };
  const { x, y } = kept.bounds;
  const visible = x !== undefined && y !== undefined && displays.some((it) => graspable({ x, y, ...size }, it));
  return { bounds: visible ? { x, y, ...size } : size, maximized: kept.maximized };
}

/** A window whose place cannot be kept still closes. */
export function writePlacement(file: string, placement: Placement): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(placement));
    renameSync(`${file}.new`, file);
  } catch (error) {
    console.error(error);
  }
}

const graspable = (window: Area, display: Area): boolean =>
  window.y >= display.y &&
  window.y < display.y + display.height - GRASP / 2 &&
  Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x) >= GRASP;
