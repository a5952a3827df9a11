// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  ImagePolicySpecDigestReflectionPolicy,
  ImagePolicySpecPolicyAlphabeticalOrder,
  ImagePolicySpecPolicyNumericalOrder,
} from '../../../imports/image.toolkit.fluxcd.io';
import type {
  ExactlyOne,
} from '../choice';
import type {
  FluxDuration,
} from '../duration';
import type {
  QualifiedReferenceTo,
} from '../references/reference';

/** The fields of an ImagePolicy's spec. */
export interface ImagePolicyFields {
  /**
   * DigestReflectionPolicy governs the setting of the `.status.latestRef.digest` field. Never: The digest field
   * will always be set to the empty string. IfNotPresent: The digest field will be set to the digest of the
   * elected latest image if the field is empty and the image did not change. Always: The digest field will
   * always be set to the digest of the elected latest image. Default: Never.
   *
   * @default 'Never'
   */
  readonly digestReflectionPolicy?: 'Always' | 'IfNotPresent' | 'Never' | ImagePolicySpecDigestReflectionPolicy;
  /**
   * FilterTags enables filtering for only a subset of tags based on a set of rules. If no rules are provided,
   * all the tags from the repository will be ordered and compared.
   *
   * @default - none
   */
  readonly filterTags?: ImagePolicyFilterTags;
  /** ImageRepositoryRef points at the object specifying the image being scanned */
  readonly imageRepositoryRef: QualifiedReferenceTo<'ImageRepository'>;
  /**
   * Interval is the length of time to wait between refreshing the digest of the latest tag when the reflection
   * policy is set to "Always". Defaults to 10m.
   *
   * @default '10m'
   */
  readonly interval?: FluxDuration;
  /** Policy gives the particulars of the policy to be followed in selecting the most recent image */
  readonly policy: ExactlyOne<ImagePolicyPolicy, 'semver' | 'alphabetical' | 'numerical'>;
  /**
   * This flag tells the controller to suspend subsequent policy reconciliations. It does not apply to already
   * started reconciliations. Defaults to false.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** Policy gives the particulars of the policy to be followed in selecting the most recent image */
export interface ImagePolicyPolicy {
  /**
   * Alphabetical set of rules to use for alphabetical ordering of the tags.
   *
   * @default - none
   */
  readonly alphabetical?: ImagePolicyPolicyAlphabetical;
  /**
   * Numerical set of rules to use for numerical ordering of the tags.
   *
   * @default - none
   */
  readonly numerical?: ImagePolicyPolicyNumerical;
  /**
   * SemVer gives a semantic version range to check against the tags available.
   *
   * @default - none
   */
  readonly semver?: ImagePolicyPolicySemver;
}

/** SemVer gives a semantic version range to check against the tags available. */
export interface ImagePolicyPolicySemver {
  /**
   * Range gives a semver range for the image tag; the highest version within the range that's a tag yields the
   * latest image.
   */
  readonly range: string;
}

/** Numerical set of rules to use for numerical ordering of the tags. */
export interface ImagePolicyPolicyNumerical {
  /**
   * Order specifies the sorting order of the tags. Given the integer values from 0 to 9 as tags, ascending order
   * would select 9, and descending order would select 0.
   *
   * @default 'asc'
   */
  readonly order?: 'asc' | 'desc' | ImagePolicySpecPolicyNumericalOrder;
}

/** Alphabetical set of rules to use for alphabetical ordering of the tags. */
export interface ImagePolicyPolicyAlphabetical {
  /**
   * Order specifies the sorting order of the tags. Given the letters of the alphabet as tags, ascending order
   * would select Z, and descending order would select A.
   *
   * @default 'asc'
   */
  readonly order?: 'asc' | 'desc' | ImagePolicySpecPolicyAlphabeticalOrder;
}

/**
 * FilterTags enables filtering for only a subset of tags based on a set of rules. If no rules are provided, all
 * the tags from the repository will be ordered and compared.
 */
export interface ImagePolicyFilterTags {
  /**
   * Extract allows a capture group to be extracted from the specified regular expression pattern, useful before
   * tag evaluation.
   *
   * @default - none
   */
  readonly extract?: string;
  /**
   * Pattern specifies a regular expression pattern used to filter for image tags.
   *
   * @default - none
   */
  readonly pattern?: string;
}
