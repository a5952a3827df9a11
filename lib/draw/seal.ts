import { hash } from 'node:crypto';
import type { Picture } from './picture';
import type { PictureFormat } from './render-picture';

/**
 * The version of the drawings that a seal covers. Increase it with every change that draws a picture differently:
 * pictures with the old seal are then drawn again.
 */
const EDITION = 2;

/** Formats that take long to draw, or are large. Both may have a comment at the end. */
const slow: ReadonlySet<PictureFormat> = new Set<PictureFormat>(['svg', 'html']);

const SEAL = /<!-- cdk8s-flux drawing ([0-9a-f]{64}) -->\n$/;

/** A picture, drawn, with a last line that says what it was drawn of; formats that are drawn quickly have none. */
export function sealed(drawing: string, picture: Picture, format: PictureFormat): string {
  if (!slow.has(format)) return drawing;
  const whole = drawing.endsWith('\n') ? drawing : `${drawing}\n`;
  return `${whole}<!-- cdk8s-flux drawing ${sealOf(whole, picture, format)} -->\n`;
}

/** Whether a file holds the drawing of a picture, as it was drawn: nothing in it was changed since. */
export function isSealed(content: string, picture: Picture, format: PictureFormat): boolean {
  const found = slow.has(format) ? SEAL.exec(content) : null;
  return found !== null && found[1] === sealOf(content.slice(0, found.index), picture, format);
}

function sealOf(drawing: string, picture: Picture, format: PictureFormat): string {
  return hash('sha256', JSON.stringify([EDITION, format, picture, drawing]), 'hex');
}
