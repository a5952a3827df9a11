import type { LaidOutPicture } from '../layout/laid-out';
import { describePicture } from './describe-picture';
import { drawPicture, LEGEND_HEIGHT } from './draw-picture';
import { element, escapeMarkup } from '../../findings/markup';
import { colourStyle, pictureStyle } from './style';

/** Draws a picture as an SVG file that needs nothing else: it follows the reader's dark mode, and can be heard. */
export function renderSvg(picture: LaidOutPicture): string {
  const { title, description } = describePicture(picture.picture);
  const [width, height] = [picture.width, picture.height + LEGEND_HEIGHT];
  const root = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'picture',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': 'picture-title picture-description',
    },
    '\n',
    element('title', { id: 'picture-title' }, escapeMarkup(title)),
    element('desc', { id: 'picture-description' }, escapeMarkup(description)),
    element('style', {}, `${colourStyle}\n${pictureStyle}`.split('\n').map(escapeMarkup).join('\n')),
    '\n',
    ...drawPicture(picture).map((part) => `${part}\n`),
  );
  return `${root}\n`;
}
