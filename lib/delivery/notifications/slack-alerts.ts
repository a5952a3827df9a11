import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import type { SecretValue } from '../../sops/values/secret-value';
import { Alerts, type AlertOptions } from './alerts';

/** How Flux connects to Slack: exactly one of these. */
export type SlackTarget =
  | {
      /** The token of a Slack app. */
      readonly token: SecretValue;
      /** The channel that the app posts to, for example `general`. */
      readonly channel: string;
      readonly webhook?: never;
    }
  | {
      /** The address of an incoming webhook, which is a secret. */
      readonly webhook: SecretValue;
      /**
       * The channel.
       *
       * @default - the one that the webhook was made for
       */
      readonly channel?: string;
      readonly token?: never;
    };

/** The props of `SlackAlerts`. */
export type SlackAlertsProps = AlertOptions &
  SlackTarget & {
    /**
     * The name that messages come from.
     *
     * @default - the name of the controller
     */
    readonly username?: string;
  };

/**
 * Posts events to Slack, with the token of an app or an incoming webhook.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#slack
 */
export class SlackAlerts extends Alerts {
  constructor(scope: Construct, id: string, props: SlackAlertsProps) {
    const checked = checkArguments('SlackAlerts', scope, id, props);
    const { token, webhook, channel, username, ...options } = checked.props;
    const address = webhook === undefined ? 'https://slack.com/api/chat.postMessage' : undefined;
    super(scope, id, {
      ...options,
      provider: { type: 'slack', address, channel, username },
      credentials: { token, address: webhook },
    });
    reportProblems(this, checked);
  }
}
