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
  // If the result was too large or is not valid YAML, the message quotes nothing of the object.
  const isTooMuch = error instanceof ExpansionError;
  const isBroken = error instanceof BrokenYamlError;
  const mayShow = isTooMuch || isBroken || object.kind !== 'Secret';
  const reason = mayShow ? error.message : 'an expression is not valid';
  return finding({
    code: 'substitution-failed',
    message: isBroken
      ? `the object is not valid YAML after variable substitution: ${reason}`
      : `variable substitution fails: ${reason}`,
    hint: isTooMuch
      ? 'use shorter values, or use the variables less often'
      : isBroken
        ? 'put quotes inside the values that need them'
        : `for a literal "\${", write "$\${", or set the label ${SUBSTITUTE_KEY}: disabled on the object`,
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
      message: `${messageOf(changed)}: Flux reformats the YAML before it substitutes variables, so the quotes of the file are gone`,
      hint: `put quotes inside the value, for example ${changed.names[0] ?? 'NAME'}: '"..."'`,
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
    ? `${value} turns this text into a map or a list`
    : `a part of ${value} is lost here, because YAML does not read it as text`;
}
