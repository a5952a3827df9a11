import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Alerts, type AlertOptions } from './alerts';

/** The props of `WebhookAlerts`. */
export interface WebhookAlertsProps extends AlertOptions {
  /** The address to post events to. Use a `SecretValue` if everyone who knows the address can post to it. */
  readonly address: string | SecretValue;
  /**
   * The key for signing the requests. The signature is in the header `X-Signature`.
   *
   * @default - none, without a signature
   */
  readonly signingKey?: SecretValue;
  /**
   * The headers of the request, as YAML: a map from names to strings.
   *
   * @default - only those of Flux
   */
  readonly headers?: SecretValue;
}

/**
 * Posts events as JSON to your own service.
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
