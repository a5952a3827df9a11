import { EVENT_ID, parseEvents } from 'js-yaml';
import { Lines } from './lines';
import { MAX_PARSE_DEPTH } from './parse';
import { withShallowCloses } from './shallow-close';

/** The lines, from 1, of the aliases (`*name`) in a text that `parseDocuments` reads. */
export function aliasLines(text: string): readonly number[] {
  return withShallowCloses(text, linesIn);
}

function linesIn(text: string): number[] {
  const lines = new Lines(text);
  return [...parseEvents(text, { maxDepth: MAX_PARSE_DEPTH })].flatMap((event) =>
    event.type === EVENT_ID.ALIAS ? [lines.at(event.anchorStart)] : [],
  );
}
