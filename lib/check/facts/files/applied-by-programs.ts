import { once } from '../../../plain/once';
import type { CheckContext } from '../../check-context';
import { programTexts } from './program-texts';
import { isNamedByPrograms, targetsOfApply } from './used-files';

/** Whether a script, a recipe or a guide applies a file with `kubectl`, or a folder around it. */
export function isAppliedByProgram(context: CheckContext, file = ''): boolean {
  return isNamedByPrograms(file, appliedPaths(context));
}

const appliedPaths = once(
  (context: CheckContext): ReadonlySet<string> =>
    new Set(
      programTexts(context)
        .filter(({ text }) => text.includes('kubectl'))
        .flatMap(targetsOfApply),
    ),
);
