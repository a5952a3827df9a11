import { shellQuoted } from '../findings/shell-quoted';

/** The command that a hook runs. */
export const HOOK_COMMAND = 'npx --no cdk8s-flux hook run';

/** The text by which we recognize our hook. */
const SIGNATURE = '# Written by "cdk8s-flux hook install".';

/**
 * The hook that git runs before a commit.
 *
 * @param folder - the folder of the project from the top of the repository, `''` where they are one
 */
export function hookScript(folder: string): string {
  const change = folder === '' ? '' : `cd ${shellQuoted(folder)} || exit 2\n`;
  return `#!/bin/sh
${SIGNATURE}
# "cdk8s-flux hook uninstall" removes it; "git commit --no-verify" skips it once.
${change}exec ${HOOK_COMMAND}
`;
}

/** Whether a hook is one that we wrote. */
export function isOwnHook(text: string): boolean {
  return text.split('\n').includes(SIGNATURE);
}
