/* eslint-disable @typescript-eslint/no-require-imports -- what is loaded here must cost nothing to an app without secrets */
import type * as JsYaml from 'js-yaml';

/** The YAML parser, loaded when the first encrypted file is read. */
export function jsYaml(): typeof JsYaml {
  return require('js-yaml') as typeof JsYaml;
}
