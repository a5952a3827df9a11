/* eslint-disable @typescript-eslint/no-require-imports -- what is loaded here must cost nothing to an app without secrets */
import type * as JsYaml from 'js-yaml';
import type * as Re2 from 're2js';

/** The YAML parser, loaded when the first encrypted file is read. */
export function jsYaml(): typeof JsYaml {
  return require('js-yaml') as typeof JsYaml;
}

/** The RE2 engine, loaded when the first pattern needs it. */
export function re2(): typeof Re2 {
  return require('re2js') as typeof Re2;
}
