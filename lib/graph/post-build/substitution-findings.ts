import { finding, type Finding, type FindingLocation } from '../../findings/finding';
import { SUBSTITUTE_KEY } from '../../kinds/names';
import { fieldPath } from '../../plain/field-path';
import { identityOf, type ManifestObject } from '../../tree/manifest';
import { ExpansionError } from '../expansion-limit';
import { changedTexts, type ChangedText } from './changed-texts';
import type { SubstitutionError, VariableLookup } from './envsubst';
import { BrokenYamlError } from './substitute-object';

/** Why an object as a whole cannot be substituted. */
export function failed(object: ManifestObject, location: FindingLocation, error: SubstitutionError): Finding {
  // What was too much, or is not YAML, quotes nothing of the object.
  const isTooMuch = error instanceof ExpansionError;
  const isBroken = error instanceof BrokenYamlError;
  const mayShow = isTooMuch || isBroken || object.kind !== 'Secret';
  const reason = mayShow ? error.message : 'an expression is not valid';
  return finding({
    code: 'substitution-failed',
    message: isBroken
      ? `the object is not valid YAML once its variables have their values: ${reason}`
      : `variables cannot be substituted: ${reason}`,
    hint: isTooMuch
      ? 'shorten the values, or use them less often'
      : isBroken
        ? 'put quotes into the values that need them'
        : `write "$\${" for a "\${" that stays, or label the object ${SUBSTITUTE_KEY}: disabled`,
    locations: [location],
    object: identityOf(object),
  });
}

/** What is said of the texts that variables break or change; see `changedTexts`. */
export function changeFindings(
  object: ManifestObject,
  result: ManifestObject | undefined,
  lookup: VariableLookup,
  location: FindingLocation,
): Finding[] {
  return changedTexts(object, result, lookup).map((changed) => {
    const isBroken = changed.becomes === 'broken';
    return finding({
      code: isBroken ? 'substitution-failed' : 'variable-misread',
      message: `${messageOf(changed)}: Flux prints the YAML again before it substitutes, and drops the quotes of the file`,
      hint: `put quotes into the value, as in ${changed.names[0] ?? 'NAME'}: '"..."'`,
      locations: [location],
      object: identityOf(object),
      field: fieldPath(changed.path),
    });
  });
}

function messageOf({ becomes, names, reason }: ChangedText): string {
  const value = `the value of ${names.map((name) => `\${${name}}`).join(' or ')}`;
  if (becomes === 'broken') return `${value} is not valid YAML here (${reason ?? ''})`;
  return becomes === 'collection'
    ? `${value} makes this text a map or a list`
    : `a part of ${value} is lost here, as YAML takes it for something else`;
}
