import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigFile } from '../config/read-config-file';
import { FindingsError } from '../findings/findings-error';
import { parsePins, type ParsedPins } from './parse-pins';
import { Pins } from './pins';

/**
 * Reads the pins of a repository. Where there is no file, there are no pins, and no findings.
 *
 * @param root - the absolute path of the repository
 * @param file - the path of the pins file from there
 */
export function readPins(root: string, file: string): ParsedPins {
  const path = join(root, file);
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })) return { pins: Pins.none(file), findings: [] };
    return parsePins(readConfigFile(path), file);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return { pins: Pins.none(file), findings: error.findings };
  }
}
