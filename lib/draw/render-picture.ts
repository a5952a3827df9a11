import type { FindingInput } from '../findings/finding';
import { fail } from '../findings/findings-error';
import { layOut } from './layout/lay-out';
import { renderDot } from './dot';
import { renderHtml } from './html/render-html';
import { renderJson } from './json';
import { renderMermaid } from './mermaid';
import { mermaidCharts } from './mermaid-charts';
import type { Picture } from './picture';
import { renderSvg } from './svg/render-svg';
import { withoutUsual } from './without-usual';

/** The formats of pictures, and what renders each. */
const renderers = {
  mermaid: renderMermaid,
  dot: renderDot,
  json: renderJson,
  svg: (picture: Picture) => renderSvg(layOut(picture)),
  html: (picture: Picture, files?: string) => renderHtml(picture, files),
};

/** A format of pictures. */
export type PictureFormat = keyof typeof renderers;

/** All formats, the default first. */
export const pictureFormats = Object.keys(renderers) as readonly PictureFormat[];

const formatOfEnding: Readonly<Record<string, PictureFormat>> = {
  md: 'mermaid',
  mmd: 'mermaid',
  mermaid: 'mermaid',
  dot: 'dot',
  gv: 'dot',
  json: 'json',
  svg: 'svg',
  html: 'html',
};

/** The format of a file, by the ending of its name; `undefined` where that names none. */
export function formatOfFile(path: string): PictureFormat | undefined {
  const ending = /\.([a-z]+)$/.exec(path.toLowerCase())?.[1] ?? '';
  return Object.hasOwn(formatOfEnding, ending) ? formatOfEnding[ending] : undefined;
}

/**
 * Refuses a file whose ending names no format.
 *
 * @param where - what names the file; `ways` are other ways out than another ending
 * @throws FindingsError `picture-format-unknown`
 */
export function refuseFormat(
  file: string,
  { ways = '', ...where }: Pick<FindingInput, 'field' | 'locations'> & { readonly ways?: string } = {},
): never {
  const endings = Object.keys(formatOfEnding).map((ending) => `.${ending}`);
  return fail({
    code: 'picture-format-unknown',
    message: `the extension of ${JSON.stringify(file)} does not match a format`,
    hint: `${ways}use the extension ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}`,
    ...where,
  });
}

/**
 * Renders a picture.
 *
 * @param files - what leads from a page to the root of the repository, with a slash at its end; pages link files by it
 * @throws FindingsError `graph-too-large` where the format cannot hold even its outline, `layout-failed` where no
 *   layout is found
 */
export function renderPicture(picture: Picture, format: PictureFormat, files?: string): string {
  const render: (picture: Picture, files?: string) => string = renderers[format];
  return render(format === 'json' ? picture : withoutUsual(picture), files);
}

/**
 * Renders a picture as Mermaid charts for a Markdown page: one, or of a large picture several that can be read.
 *
 * @throws FindingsError `graph-too-large` where not even the outline of a part fits
 */
export function renderCharts(picture: Picture): string[] {
  return mermaidCharts(withoutUsual(picture));
}
