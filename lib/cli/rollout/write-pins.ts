import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigFile } from '../../config/read-config-file';
import { fail, FindingsError } from '../../findings/findings-error';
import { replaceFiles } from '../../publish/replace-files';
import { EMPTY_PINS, type PinsText } from '../../rollout/edit-pins';
import { readFile } from '../../tree/read-file';
import type { Io } from '../io';
import { note } from '../print-findings';
import type { OpenRollout } from './open-rollout';

/**
 * The text of the pins file that a command is to change.
 *
 * @throws FindingsError `pins-uncommitted`
 */
export function pinsText({
  project,
  pins,
  git,
  gitPath,
}: OpenRollout): PinsText & { readonly isNew: boolean } {
  const status = git.output(['status', '--porcelain', '-z', '--untracked-files=all', '--', gitPath]);
  if (status.length > 0) {
    fail({
      code: 'pins-uncommitted',
      message: `${JSON.stringify(pins.file)} has uncommitted changes`,
      hint: 'commit them, or discard them: git restore',
      locations: [{ file: pins.file }],
    });
  }
  const path = join(project.root, pins.file);
  const isNew = readFile(path, { refuseLinks: true }).problem?.isMissing === true;
  return { pins, isNew, text: isNew ? EMPTY_PINS : readConfigFile(path) };
}

/**
 * Writes the pins file, and says what comes next.
 *
 * @throws FindingsError `file-changed`, `pins-uneditable`, and what else keeps the file from being written
 */
export function writePins(
  { project, pins: { file } }: OpenRollout,
  before: { readonly text: string; readonly isNew: boolean },
  text: string,
  io: Io,
): void {
  if (before.isNew) createFile(join(project.root, file), file, text);
  else {
    const bytes = Buffer.from(text);
    const changed = replaceFiles(project.root, [{ path: file, before: Buffer.from(before.text), bytes }]);
    if (changed.length > 0) throw new FindingsError(changed);
  }
  note(`wrote ${file}; now run npx cdk8s-flux synth, and commit ${file} with what it writes`, io);
}

function createFile(path: string, file: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    fail({
      code: 'pins-uneditable',
      message: `cannot write ${JSON.stringify(file)}: ${(error as Error).message}`,
      hint: 'make its folder writable',
      locations: [{ file }],
    });
  }
}
