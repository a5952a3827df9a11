import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Alerts, type AlertOptions } from './alerts';

/** The props of `TeamsAlerts`. */
export interface TeamsAlertsProps extends AlertOptions {
  /** The address of an incoming webhook workflow. It is secret. */
  readonly webhook: SecretValue;
}

/**
 * Posts events to a channel of Microsoft Teams.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#microsoft-teams
 */
export class TeamsAlerts extends Alerts {
  constructor(scope: Construct, id: string, props: TeamsAlertsProps) {
    const checked = checkArguments('TeamsAlerts', scope, id, props);
    const { webhook, ...options } = checked.props;
    super(scope, id, { ...options, provider: { type: 'msteams' }, credentials: { address: webhook } });
    reportProblems(this, checked);
  }
}
