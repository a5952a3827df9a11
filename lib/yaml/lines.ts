/** Turns offsets of a text into lines, counted from 1. */
export class Lines {
  private starts?: number[];

  constructor(private readonly text: string) {}

  /** The line that an offset lies in. */
  at(offset: number): number {
    this.starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The line and column that an offset lies at. */
  placeOf(offset: number): { readonly line: number; readonly column: number } {
    const line = this.at(offset);
    return { line, column: offset - this.startOf(line) + 1 };
  }

  /** The offset at which a line starts. */
  startOf(line: number): number {
    this.starts ??= lineStarts(this.text);
    return this.starts[line - 1] ?? this.text.length;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
