import { hash } from 'node:crypto';
import { printable } from '../../findings/printable';
import type { LaidOutPicture } from '../layout/laid-out';
import { describePicture } from '../svg/describe-picture';
import { drawPicture, LEGEND_HEIGHT } from '../svg/draw-picture';
import { element, escapeMarkup } from '../../findings/markup';
import { colourStyle, pictureStyle } from '../svg/style';
import { pageData } from './page-data';
import { pageFiles } from './page-files';

/**
 * Draws a picture as one page that needs nothing else, and asks nothing of the network: it may run its own script and
 * style, known by their hashes, and nothing more. Without scripts it shows the picture.
 */
export function renderHtml(picture: LaidOutPicture): string {
  const { script, style } = pageFiles();
  const css = `${colourStyle}\n${pictureStyle}\n${style}`;
  const policy = [
    "default-src 'none'",
    `script-src ${sourceHash(script)}`,
    `style-src ${sourceHash(css)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const { title } = describePicture(picture.picture);
  const height = picture.height + LEGEND_HEIGHT;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    element('title', {}, escapeMarkup(title)),
    `<style>${css}</style>`,
    '</head>',
    '<body>',
    controls(title),
    '<main>',
    drawing(picture, height),
    '<aside id="details" aria-label="Details" hidden></aside>',
    '</main>',
    `<script type="application/json" id="data">${embed(pageData(picture, height))}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function controls(title: string): string {
  return `<header id="controls">
<h1>${escapeMarkup(title)}</h1>
<search>
<input id="search" type="search" placeholder="Search  /" aria-label="Search by name, kind, namespace or file" autocomplete="off" spellcheck="false">
<select id="cluster" aria-label="Cluster"></select>
<select id="namespace" aria-label="Namespace"></select>
<select id="kind" aria-label="Kind"></select>
</search>
<output id="status" aria-live="polite"></output>
<button id="list" type="button" aria-expanded="false"></button>
<span class="zoom" role="group" aria-label="Zoom">
<button id="zoom-out" type="button" aria-label="Zoom out">−</button>
<button id="zoom-fit" type="button" aria-label="Show everything">Fit</button>
<button id="zoom-in" type="button" aria-label="Zoom in">+</button>
</span>
</header>`;
}

function drawing(picture: LaidOutPicture, height: number): string {
  const { description } = describePicture(picture.picture);
  return element(
    'svg',
    {
      id: 'canvas',
      class: 'picture',
      viewBox: `0 0 ${picture.width} ${height}`,
      preserveAspectRatio: 'xMidYMin meet',
      role: 'group',
      'aria-label': description,
    },
    ...drawPicture(picture).map((part) => `${part}\n`),
  );
}

/** Data within a script element: nothing in it can end the element, or a line of a script, or turn the text around. */
function embed(data: unknown): string {
  const shown = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    return key === 'yaml' ? value.split('\n').map(printable).join('\n') : printable(value);
  };
  return JSON.stringify(data, shown).replace(
    /[<>&\u2028\u2029]|#(?=#)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sourceHash(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}
