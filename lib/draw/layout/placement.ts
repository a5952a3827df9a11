import type { Box, Point } from './laid-out';

/** Graphviz counts from the lower left; we from the upper left, in whole pixels. */
export class Placement {
  readonly width: number;
  readonly height: number;

  constructor(
    bb: string,
    private readonly left: number,
    private readonly top: number,
  ) {
    const [, , width = 0, height = 0] = numbersOf(bb);
    this.width = Math.ceil(width);
    this.height = Math.ceil(height);
  }

  point(x = 0, y = 0): Point {
    return { x: Math.round(this.left + x), y: Math.round(this.top + this.height - y) };
  }

  box(bb: string): Box {
    const [left, bottom, right, top] = numbersOf(bb);
    const corner = this.point(left, top);
    const other = this.point(right, bottom);
    return { ...corner, width: other.x - corner.x, height: other.y - corner.y };
  }
}

/** The numbers of a list with commas. */
export function numbersOf(text: string): number[] {
  return text.split(',').map(Number);
}
