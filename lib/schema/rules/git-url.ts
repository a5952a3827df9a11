import { patternHint } from '../pattern-hints';
import { textsAt, type ObjectRule } from './object-rule';

/** The pattern of the schemas of all versions. */
const PATTERN = '^(http|https|ssh)://.*$';
/** What follows a host and a colon; a user and a password may be before the host. */
const AFTER_HOST = /^(?:https?|ssh):\/\/(?:[^/?#]*@)?([^/?#@:[\]]+):([^/?#@]*)(?=[/?#]|$)/;

/** The schema allows any text after the scheme; the controller gives up if it cannot parse the URL. */
export const gitUrl: ObjectRule = (object, report) => {
  for (const { text, path } of textsAt(object, 'spec.url', report)) {
    const [, host, port] = AFTER_HOST.exec(text) ?? [];
    if (port === undefined || /^\d*$/.test(port)) continue;
    report.add(
      {
        code: 'url-invalid',
        message: `only a port number can follow "${host}:", so Flux cannot parse the URL`,
        hint: `write "${host}/" instead; only addresses without a scheme have ":" before the path`,
      },
      ...path,
    );
  }
};

/** What the schema says of the URL, for versions whose schema is not known. */
export const gitScheme: ObjectRule = (object, report) => {
  for (const { text, path } of textsAt(object, 'spec.url', report)) {
    if (new RegExp(PATTERN, 's').test(text)) continue;
    report.add(
      {
        code: 'url-invalid',
        message: `got ${report.describe(text)}; a GitRepository needs an HTTP, HTTPS or SSH URL`,
        hint: patternHint(PATTERN, text),
      },
      ...path,
    );
  }
};
