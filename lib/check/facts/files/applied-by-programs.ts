import { once } from '../../../plain/once';
import { directoryOf } from '../../../tree/path';
import type { CheckContext } from '../../check-context';
import { programTexts } from './program-texts';
import { targetsOfApply } from './used-files';

/** Whether a script, a recipe or a guide applies a file with `kubectl`, or a folder around it. */
export function isAppliedByProgram(context: CheckContext, file: string | undefined): boolean {
  const targets = appliedPaths(context);
  for (let place = file ?? ''; place !== ''; place = directoryOf(place)) if (targets.has(place)) return true;
  return false;
}

const appliedPaths = once(
  (context: CheckContext): ReadonlySet<string> =>
    new Set(
      programTexts(context)
        .filter(({ text }) => text.includes('kubectl'))
        .flatMap(targetsOfApply),
    ),
);
