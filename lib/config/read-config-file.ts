import { basename } from 'node:path';
import { fail } from '../findings/findings-error';
import { readFile } from '../tree/read-file';

/** The maximum size of a configuration file, in bytes: hundreds of times what people write. */
const MAX_CONFIG_BYTES = 1024 * 1024;

/**
 * Reads a configuration file of a repository. A symbolic link is refused: whoever may propose a change could point it
 * at a key of the person who runs the command, whose lines would then appear in messages.
 *
 * @throws FindingsError `config-unreadable`, `file-too-large`
 */
export function readConfigFile(file: string): string {
  const { bytes, problem } = readFile(file, { refuseLinks: true, maxBytes: MAX_CONFIG_BYTES });
  if (bytes) return bytes.toString('utf8');
  const name = basename(file);
  return fail({
    code: problem.code === 'file-too-large' ? problem.code : 'config-unreadable',
    message: `${JSON.stringify(file)} ${problem.message}`,
    hint: problem.isMissing ? undefined : 'replace it with a regular file that you can read',
    locations: [{ file: name }],
  });
}
