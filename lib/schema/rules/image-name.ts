import type { FoundText, ObjectRule } from './object-rule';
import { textsAt } from './object-rule';
import type { Report } from '../report';

/** The repository names that ggcr accepts: https://pkg.go.dev/github.com/google/go-containerregistry/pkg/name */
const REPOSITORY = /^[a-z0-9_\-./]{1,255}$/;

/** A rule for the image at a path, which the controller takes without scheme and tag. */
export function imageAt(path: string): ObjectRule {
  return (object, report) => {
    for (const found of textsAt(object, path, report)) {
      const scheme = /^[a-z0-9+]+:\/\//i.exec(found.text)?.[0];
      if (scheme === undefined) checkName(found, found.text, report);
      else
        refuse(
          found,
          `an image name must not start with a scheme`,
          `remove ${JSON.stringify(scheme)}`,
          report,
        );
    }
  };
}

/** A rule for the address of a registry's repository, which the controller takes without a tag. */
export const ociUrl: ObjectRule = (object, report) => {
  for (const found of textsAt(object, 'spec.url', report)) {
    // The schema reports other schemes.
    if (found.text.startsWith('oci://')) checkName(found, found.text.slice('oci://'.length), report);
  }
};

function checkName(found: FoundText, image: string, report: Report): void {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  const isRegistry = first === 'localhost' || /[.:]/.test(first);
  const repository = isRegistry ? image.slice(slash + 1) : image;
  const tag = /[:@].*$/s.exec(repository)?.[0];
  if (tag !== undefined) {
    refuse(
      found,
      'an image name must not contain a tag or a digest here',
      `remove ${JSON.stringify(tag)}`,
      report,
    );
  } else if (!REPOSITORY.test(repository)) {
    const hint = 'use only lower-case letters, digits, "_", "-", "." and "/"';
    refuse(found, `${JSON.stringify(repository)} is not a valid image name`, hint, report);
  }
}

function refuse({ text, path }: FoundText, message: string, hint: string, report: Report): void {
  report.add({ code: 'image-invalid', got: JSON.stringify(text), message, hint }, ...path);
}
