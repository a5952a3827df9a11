import { createHash } from 'node:crypto';
import { codeFacts, type FindingCode } from './codes';
import type { Severity } from './severity';

export type { Severity } from './severity';

/** The identity of a Kubernetes object in the API server. */
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

/** A place that a finding refers to. */
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
   * The column after the last one, in `line`.
   *
   * @default - none
   */
  readonly endColumn?: number;
  /**
   * The field at the place, if it is not the field of the finding.
   *
   * @default - the finding's field for the first place, the whole object for others
   */
  readonly field?: string;
  /**
   * The path of the construct, for example `anton/podinfo`.
   *
   * @default - no construct created it
   */
  readonly constructPath?: string;
  /**
   * Where your code created the construct, as `file:line`.
   *
   * @default - none
   */
  readonly source?: string;
  /**
   * Where another file of your code called the function that created it, as `file:line`.
   *
   * @default - no function of another file created it
   */
  readonly calledFrom?: string;
}

/** The input for a finding, before its fingerprint is computed. */
export interface FindingInput<Code extends string = string> {
  /**
   * A stable code in kebab-case, for example `dependency-cycle`. Each code of cdk8s-flux has a section in the
   * documentation.
   */
  readonly code: Code;
  /**
   * How bad it is.
   *
   * @default - the documented severity of the code; `error` for your own codes
   */
  readonly severity?: Severity;
  /**
   * The problem: the value, and what is allowed. Starts in lower case, has no full stop, and never contains a secret.
   */
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
   * @default - none
   */
  readonly details?: readonly string[];
  /**
   * Where the problem is; several places if two things conflict.
   *
   * @default - the whole repository
   */
  readonly locations?: readonly FindingLocation[];
  /**
   * The object with the problem.
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
  /**
   * What to say instead of the message about several findings with the same cause, such as several objects that need the
   * same missing one. Findings with the same code, severity, hint and cause are shown as one.
   *
   * @default - only findings with the same message about the same object and field are shown as one
   */
  readonly cause?: string;
}

/** A Kustomization that applies the place of a finding. */
export interface FindingUser {
  /** The name of the cluster, or the folder that was checked by itself. */
  readonly cluster: string;
  /**
   * The Kustomization, as `namespace/name`.
   *
   * @default - none: the folder was checked by itself
   */
  readonly kustomization?: string;
  /**
   * The name of the object there.
   *
   * @default - the same as in the finding
   */
  readonly object?: ObjectIdentity;
}

/** A finding: the same data for synth, `check`, reports on pull requests, JSON and SARIF. */
export interface Finding extends FindingInput {
  readonly severity: Severity;
  readonly locations: readonly FindingLocation[];
  /**
   * Tells the finding apart from others across runs: it does not change when lines move or the wording of a
   * message does.
   */
  readonly fingerprint: string;
  /**
   * The Kustomizations that apply the place, if there are several: overlays of one base, or clusters that share a file.
   * It lists only those for which the finding is true.
   *
   * @default - one Kustomization of one cluster, or none
   */
  readonly usedBy?: readonly FindingUser[];
  /**
   * If several findings have one cause: each of them. The first is at the place of this one.
   *
   * @default - the cause has only this finding
   */
  readonly occurrences?: readonly Finding[];
}

/** A finding of ours, before it is completed. */
export type OwnFindingInput = FindingInput<FindingCode>;

/** Completes a finding of ours with its defaults and its fingerprint. */
export function finding(input: OwnFindingInput): Finding {
  return completedFinding(input);
}

/** Completes a finding whose code may be an author's own. */
export function completedFinding(input: FindingInput): Finding {
  const { code, message, details, hint, locations = [], object, field, cause } = input;
  const severity = input.severity ?? codeFacts(code)?.severity ?? 'error';
  const places = locations.map((location) => location.constructPath ?? location.file ?? '');
  const identity = [code, object?.group, object?.kind, object?.namespace, object?.name, field, ...places];
  const fingerprint = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
  const more = details !== undefined && details.length > 0 ? { details } : {};
  const shared = cause === undefined ? {} : { cause };
  return { code, severity, message, ...more, hint, locations, object, field, ...shared, fingerprint };
}
