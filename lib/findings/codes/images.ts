import type { CodeFacts } from './code-facts';

/** Images and notifications. */
export const IMAGES_CODES = {
  'automation-cannot-push': {
    authorHint: 'give the GitRepository of the ImageAutomation credentials that may write',
    severity: 'error',
    summary: 'An image automation commits to a repository for which Flux has no credentials',
    inCheck: true,
  },
  'automation-files-shared': {
    severity: 'warning',
    summary: 'Image automations of several clusters update the same file on one branch',
    inCheck: true,
  },
  'automation-path-misses-marker': {
    authorHint:
      'correct path of the ImageAutomation, or update.path of the ImageUpdateAutomation, or mark the fields that it should change with image() of an ImagePolicy',
    severity: 'warning',
    summary: 'No image automation covers a marker, or an image automation covers no marker',
    inCheck: true,
  },
  'image-policy-missing': {
    severity: 'warning',
    summary: 'A marker of image automation names an ImagePolicy that does not exist',
    inCheck: true,
    atSynth: 'trust',
  },
  'image-repository-missing': {
    severity: 'error',
    summary: 'An ImagePolicy refers to an ImageRepository that does not exist',
    inCheck: true,
    atSynth: 'trust',
  },
  'marker-of-other-image': {
    authorHint:
      "mark the field with image() of the ImagePolicy of its own image: image: policy.image('ghcr.io/org/app:1.2.0')",
    severity: 'warning',
    summary: 'A marker of image automation names the policy of another image',
    inCheck: true,
  },
  'marker-of-other-part': {
    authorHint:
      'mark the field with the method of the ImagePolicy for its part: image(), imageName(), imageTag()',
    severity: 'warning',
    summary: 'A marker of image automation writes the whole image into a field for the tag, or the reverse',
    inCheck: true,
  },
  'marker-without-policy': {
    authorHint: "mark the field with image() of an ImagePolicy: image: policy.image('ghcr.io/org/app:1.2.0')",
    severity: 'warning',
    summary: 'A marker of image automation does not name a policy in a form that Flux can read',
    inCheck: true,
  },
  'notification-reference-missing': {
    severity: 'error',
    summary: 'An Alert, Provider or Receiver refers to an object that does not exist',
    inCheck: true,
    atSynth: 'trust',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
