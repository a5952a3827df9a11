import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import { Alerts, type AlertOptions } from './alerts';

/** The props of `PagerDutyAlerts`. */
export interface PagerDutyAlertsProps extends AlertOptions {
  /**
   * The integration key of a service. Flux reads it from the Provider itself, so everyone with access to the repository
   * can read it.
   */
  readonly routingKey: string;
  /**
   * The address of PagerDuty.
   *
   * @default 'https://events.pagerduty.com'
   */
  readonly address?: string;
}

/**
 * Triggers incidents in PagerDuty on errors, and records successful changes as change events.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#pagerduty
 */
export class PagerDutyAlerts extends Alerts {
  constructor(scope: Construct, id: string, props: PagerDutyAlertsProps) {
    const checked = checkArguments('PagerDutyAlerts', scope, id, props);
    const { routingKey, address = 'https://events.pagerduty.com', ...options } = checked.props;
    super(scope, id, { ...options, provider: { type: 'pagerduty', address, channel: routingKey } });
    reportProblems(this, checked);
  }
}
