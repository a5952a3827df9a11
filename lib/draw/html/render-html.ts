import { hash } from 'node:crypto';
import { element, escapeMarkup } from '../../findings/markup';
import { printable } from '../../findings/printable';
import type { Picture } from '../picture';
import { describePicture } from '../svg/describe-picture';
import { colourStyle, darkStyle, pictureStyle } from '../svg/style';
import { outline } from './outline';
import { pageData } from './page-data';
import { pageFiles } from './page-files';

/**
 * Draws a picture as one page that needs nothing else, and asks nothing of the network: it may run its own script and
 * style, known by their hashes, and nothing more. Without scripts it lists the objects.
 *
 * @param files - what leads from the page to the root of the repository, with a slash at its end
 */
export function renderHtml(picture: Picture, files = ''): string {
  const { script, style } = pageFiles();
  const css = `${colourStyle}\n${darkStyle}\n${pictureStyle}\n${style}`;
  const policy = [
    "default-src 'none'",
    `script-src ${sourceHash(script)}`,
    `style-src ${sourceHash(css)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const { title } = describePicture(picture);
  return [
    '<!doctype html>',
    '<html lang="en" data-theme="auto">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    element('title', {}, escapeMarkup(title)),
    `<style>${css}</style>`,
    '</head>',
    '<body>',
    controls(
      picture.clusters.length > 1
        ? `${picture.clusters.length} clusters`
        : (picture.clusters[0]?.name ?? 'Flux'),
    ),
    '<main>',
    '<div id="window">',
    '<div id="overview" hidden></div>',
    '<div id="sheet" hidden><div id="board" role="group" aria-label="Waves and cards"></div></div>',
    outline(picture),
    '</div>',
    '<aside id="details" aria-label="Details" hidden></aside>',
    '</main>',
    `<script type="application/json" id="data">${embed(pageData(picture, files))}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function controls(name: string): string {
  return `<header id="controls">
<h1>${escapeMarkup(name)}</h1>
<search>
<select id="cluster" aria-label="Cluster"></select>
<input id="search" type="search" placeholder="Search  /" aria-label="Search by name, kind, namespace, layer or file" autocomplete="off" spellcheck="false">
<select id="namespace" aria-label="Namespace"></select>
<select id="kind" aria-label="Kind"></select>
<select id="mark" aria-label="State"></select>
</search>
<output id="status" aria-live="polite"></output>
<button id="changes" type="button" hidden></button>
<button id="findings" type="button" hidden></button>
<fieldset id="looks"><legend class="offscreen">Lines</legend>
<label><input type="checkbox" value="depends-on"><i class="line depends-on"></i>waits</label>
<label><input type="checkbox" value="applies"><i class="line applies"></i>applies</label>
<label><input type="checkbox" value="reference"><i class="line reference"></i>uses</label>
</fieldset>
<span class="joined" role="group" aria-label="Cards">
<button id="open-all" type="button" title="Open all cards">Open</button>
<button id="fold-all" type="button" title="Close all cards">Close</button>
</span>
<span class="joined" role="group" aria-label="Zoom">
<button id="zoom-out" type="button" aria-label="Zoom out">−</button>
<button id="zoom-fit" type="button" aria-label="Zoom to fit">Fit</button>
<button id="zoom-in" type="button" aria-label="Zoom in">+</button>
</span>
<button id="theme" type="button"></button>
<button id="help" type="button" aria-label="How to read this page">?</button>
</header>`;
}

/**
 * Data inside a script element: nothing in it can end the element or a line of a script, or change the direction of
 * text.
 */
function embed(data: unknown): string {
  const shown = (_: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    // Only YAML and lists have lines.
    return value.includes('\n') ? value.split('\n').map(printable).join('\n') : printable(value);
  };
  return JSON.stringify(data, shown).replace(
    /[<>&\u2028\u2029]|#(?=#)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sourceHash(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}
