import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Alerts, type AlertOptions } from './alerts';

/** What `WebhookAlerts` are made of. */
export interface WebhookAlertsProps extends AlertOptions {
  /** The address that events are posted to; a `SecretValue` where knowing it is enough to post. */
  readonly address: string | SecretValue;
  /**
   * The key that requests are signed with, in the header `X-Signature`.
   *
   * @default - they are not signed
   */
  readonly signingKey?: SecretValue;
  /**
   * Headers of the request, as YAML of texts by name.
   *
   * @default - none but Flux's own
   */
  readonly headers?: SecretValue;
}

/**
 * Posts events as JSON to a service of yours.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#generic-webhook
 */
export class WebhookAlerts extends Alerts {
  constructor(scope: Construct, id: string, props: WebhookAlertsProps) {
    const checked = checkArguments('WebhookAlerts', scope, id, props);
    const { address, signingKey, headers, ...options } = checked.props;
    const isOpen = typeof address === 'string';
    super(scope, id, {
      ...options,
      provider: {
        type: signingKey === undefined ? 'generic' : 'generic-hmac',
        ...(isOpen && { address }),
      },
      credentials: { token: signingKey, headers, ...(!isOpen && { address }) },
    });
    reportProblems(this, checked);
  }
}
