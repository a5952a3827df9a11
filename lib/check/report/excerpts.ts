import type { Finding, FindingLocation } from '../../findings/finding';
import { headPlaces } from '../../findings/format';
import { isMap } from '../../plain/plain-data';
import { printable } from '../../findings/printable';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import type { Masker } from '../../mask/masker';
import { LineMask } from './mask';
import { withoutMark } from '../../plain/without-mark';

const MAX_WIDTH = 110;

/** Cuts the lines out of a tree's files at which findings are, with secrets masked. */
export class Excerpts {
  private readonly lines = new Map<string, readonly string[]>();
  private readonly masks = new Map<string, LineMask>();

  constructor(
    private readonly tree: Tree,
    private readonly masker: Masker,
  ) {}

  /** The line of each place of a finding, with its number before and its field underlined. */
  of(found: Finding): string[] {
    const locations = headPlaces(found);
    const width = Math.max(...locations.map(({ line }) => String(line ?? 0).length));
    return locations.flatMap((location, index) => {
      const text = this.text(location);
      if (text === undefined) return [];
      const gutter = String(location.line).padStart(width);
      const name = index > 0 ? [`${' '.repeat(width)} > ${printable(location.file ?? '')}`] : [];
      return [...name, `${gutter} | ${text}`, ...underline(location, text, width)];
    });
  }

  private text({ file, line }: FindingLocation): string | undefined {
    if (file === undefined || line === undefined) return undefined;
    const source = this.tree.get(file);
    if (!source || source.isPrinted || !isReadable(source)) return undefined;
    const lines = this.lines.get(file) ?? withoutMark(source.bytes.toString('utf8')).split(/\r?\n/);
    this.lines.set(file, lines);
    const text = lines[line - 1];
    if (text === undefined) return undefined;
    const mask = this.masks.get(file) ?? new LineMask(source, this.masker);
    this.masks.set(file, mask);
    const shown = printable(mask.line(line, text).replaceAll('\t', ' '));
    return shown.length > MAX_WIDTH ? `${shown.slice(0, MAX_WIDTH - 3)}...` : shown;
  }
}

/** If a file has no objects in valid YAML, nothing of it is shown: nobody can tell which part is a secret. */
function isReadable(source: TreeFile): boolean {
  try {
    return source.documents.every(({ object }) => isMap(object));
  } catch {
    return false;
  }
}

function underline({ column, endColumn }: FindingLocation, text: string, width: number): string[] {
  if (column === undefined || column < 1 || column > text.length) return [];
  const length = Math.max(Math.min(endColumn ?? column + 1, text.length + 1) - column, 1);
  return [`${' '.repeat(width)} | ${' '.repeat(column - 1)}${'^'.repeat(length)}`];
}
