import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { CommitStatusType } from '../../schema/provider-types';
import type { SecretValue } from '../../sops/values/secret-value';
import type { GitHubApp } from '../credentials/github-app';
import { Alerts, type AlertOptions } from './alerts';

/** The host of a repository. */
export type GitHost = CommitStatusType;

/** The props of `CommitStatus`. */
export type CommitStatusProps = Omit<AlertOptions, 'eventSources'> & {
  /**
   * The Kustomizations whose state becomes a status.
   *
   * @default - all in the namespace of the Alert
   */
  readonly eventSources?: AlertOptions['eventSources'];
  /** Where the repository is hosted. */
  readonly host: GitHost;
  /** The address of the repository: `https://github.com/example/fleet`. */
  readonly repository: string;
  /**
   * A CEL expression that makes the id of the status.
   *
   * @default - the kind, the name and a part of the Provider's uid
   */
  readonly commitStatusExpr?: string;
} & (
    | {
        /** A token that may set the status of commits. */
        readonly token: SecretValue;
        readonly githubApp?: never;
      }
    | {
        /** A GitHub App that may. */
        readonly githubApp: GitHubApp;
        readonly token?: never;
      }
  );

/**
 * Sets a status on each commit of a repository that shows whether Flux applied it.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#git-commit-status-updates
 */
export class CommitStatus extends Alerts {
  constructor(scope: Construct, id: string, props: CommitStatusProps) {
    const checked = checkArguments('CommitStatus', scope, id, props);
    const { host, repository, commitStatusExpr, token, githubApp, ...options } = checked.props;
    super(scope, id, {
      eventSources: [{ kind: 'Kustomization', name: '*' }],
      ...options,
      provider: { type: host, address: repository, commitStatusExpr },
      credentials: { token, githubApp },
    });
    reportProblems(this, checked);
  }
}
