import { createHash } from 'node:crypto';
import { compareText } from '../../plain/compare-text';

/**
 * Which of several places something goes to, by its name alone. Where a place is added, only what goes there moves; where
 * one is removed, only what was there. The order of the places says nothing.
 *
 * @see https://en.wikipedia.org/wiki/Rendezvous_hashing
 */
export function placeFor(name: string, places: readonly string[]): string | undefined {
  let best: string | undefined;
  let most = '';
  for (const place of places) {
    const score = createHash('sha256').update(`${place}/${name}`).digest('hex');
    const order = compareText(score, most);
    if (order > 0) [best, most] = [place, score];
  }
  return best;
}
