import { createHash } from 'node:crypto';
import { codeFacts, type FindingCode } from './codes';
import type { Severity } from './severity';

export type { Severity } from './severity';

/** A Kubernetes object as the API server tells objects apart. */
export interface ObjectIdentity {
  /** The API group, for example `kustomize.toolkit.fluxcd.io`; empty for the core group. */
  readonly group: string;
  /** The kind, for example `Kustomization`. */
  readonly kind: string;
  /**
   * The namespace.
   *
   * @default - the object is cluster-scoped, or its namespace is not known from files
   */
  readonly namespace?: string;
  /** The name. */
  readonly name: string;
}

/** A place that a finding speaks of. */
export interface FindingLocation {
  /**
   * The file, as a path from the repository's root.
   *
   * @default - the finding concerns no file
   */
  readonly file?: string;
  /**
   * The line in `file`, counted from 1.
   *
   * @default - the whole file
   */
  readonly line?: number;
  /**
   * The column in `line`, counted from 1.
   *
   * @default - the whole line
   */
  readonly column?: number;
  /**
   * The column behind the last one, in `line`.
   *
   * @default - not known
   */
  readonly endColumn?: number;
  /**
   * The field that the place is about, where it is another than the finding's.
   *
   * @default - the finding's field for the first place, the whole object for others
   */
  readonly field?: string;
  /**
   * The path of the construct, for example `anton/podinfo`.
   *
   * @default - no construct made it
   */
  readonly constructPath?: string;
  /**
   * Where the construct was made, as `file:line` of the author's code.
   *
   * @default - not known
   */
  readonly source?: string;
  /**
   * Where another file of the author's code called the function that made it, as `file:line`.
   *
   * @default - the construct was made by no function of another file
   */
  readonly calledFrom?: string;
}

/** What is known of a defect before its fingerprint is computed. */
export interface FindingInput<Code extends string = string> {
  /** A stable code in kebab-case, for example `dependency-cycle`. Each of ours has a section in the documentation. */
  readonly code: Code;
  /**
   * How bad it is.
   *
   * @default - as bad as the documentation says of the code; `error` for an author's own code
   */
  readonly severity?: Severity;
  /** What is wrong: what was got and what is allowed. Lower case, no full stop, never a secret. */
  readonly message: string;
  /**
   * How to fix it, in the imperative.
   *
   * @default - no hint
   */
  readonly hint?: string;
  /**
   * More lines about what is wrong, such as the differences of two files. Never a secret.
   *
   * @default - the message says all
   */
  readonly details?: readonly string[];
  /**
   * Where it is; several where two things clash.
   *
   * @default - it concerns the whole repository
   */
  readonly locations?: readonly FindingLocation[];
  /**
   * The object that it concerns.
   *
   * @default - no single object
   */
  readonly object?: ObjectIdentity;
  /**
   * The field within the object, for example `spec.interval`.
   *
   * @default - the whole object
   */
  readonly field?: string;
}

/** Who applies the place of a finding. */
export interface FindingUser {
  /** The name of the cluster. */
  readonly cluster: string;
  /** The Kustomization, as `namespace/name`. */
  readonly kustomization: string;
  /**
   * What the object is called there.
   *
   * @default - as the finding says
   */
  readonly object?: ObjectIdentity;
}

/**
 * What a check says: one shape for synth, `check`, reports for pull requests, JSON and SARIF.
 */
export interface Finding extends FindingInput {
  readonly severity: Severity;
  readonly locations: readonly FindingLocation[];
  /**
   * Tells the finding apart from others across runs: it does not change when lines move or the wording of a
   * message does.
   */
  readonly fingerprint: string;
  /**
   * Who applies what is at the place, where that are several: overlays of one base, clusters that share a file. Those
   * where it is right are left out.
   *
   * @default - one Kustomization of one cluster, or none
   */
  readonly usedBy?: readonly FindingUser[];
}

/** A finding of ours, before it is completed. */
export type OwnFindingInput = FindingInput<FindingCode>;

/** Completes a finding of ours with its defaults and its fingerprint. */
export function finding(input: OwnFindingInput): Finding {
  return completedFinding(input);
}

/** Completes a finding whose code may be an author's own. */
export function completedFinding(input: FindingInput): Finding {
  const { code, message, details, hint, locations = [], object, field } = input;
  const severity = input.severity ?? codeFacts(code)?.severity ?? 'error';
  const places = locations.map((location) => location.constructPath ?? location.file ?? '');
  const identity = [code, object?.group, object?.kind, object?.namespace, object?.name, field, ...places];
  const fingerprint = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
  const more = details !== undefined && details.length > 0 ? { details } : {};
  return { code, severity, message, ...more, hint, locations, object, field, fingerprint };
}
