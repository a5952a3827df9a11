import { finding, type Finding, type FindingLocation } from '../findings/finding';
import { identityOf, type ManifestDocument } from '../tree/manifest';
import { validateObject } from './validate-object';
import type { ValidateOptions } from './validate-options';
import type { Violation } from './violation';

/** Checks a document of a tree, and says where it stands. */
export function validateTreeObject(
  document: ManifestDocument,
  file: string,
  options: ValidateOptions = {},
): Finding[] {
  return validateObject(document.object, options).map((violation) =>
    violationFinding(violation, document, file),
  );
}

/** A violation of a document as a finding. */
export function violationFinding(violation: Violation, document: ManifestDocument, file: string): Finding {
  const { code, severity, field, message, hint } = violation;
  const location: FindingLocation = { file, line: document.line, constructPath: document.constructPath };
  const { object } = document;
  const hasIdentity = typeof object === 'object' && object !== null && typeof object.apiVersion === 'string';
  return finding({
    code,
    severity,
    message,
    hint,
    locations: [location],
    object: hasIdentity ? identityOf(object) : undefined,
    field: field === '' ? undefined : field,
  });
}
