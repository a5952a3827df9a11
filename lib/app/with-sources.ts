import type { IConstruct } from 'constructs';
import { mapLocations } from '../findings/causes';
import type { Finding, FindingLocation } from '../findings/finding';
import { authorView } from '../flux/directory';
import { sourceOf } from '../flux/source-line';

/**
 * Adds to findings the lines of the author's code that made the constructs.
 *
 * @param app - the root of the constructs
 * @param root - the folder from which files of code are named
 */
export function withSources(findings: readonly Finding[], app: IConstruct, root: string): Finding[] {
  const place = (location: FindingLocation): FindingLocation =>
    location.constructPath === undefined || location.source !== undefined
      ? location
      : { ...location, ...sourceOf(authorView(nearest(app, location.constructPath)), root) };
  return mapLocations(findings, place);
}

/** The construct at a path, or the last one on the way to it. */
function nearest(app: IConstruct, path: string): IConstruct {
  let current = app;
  for (const id of path.split('/')) {
    const child = current.node.tryFindChild(id);
    if (!child) break;
    current = child;
  }
  return current;
}
