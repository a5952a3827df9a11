import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import { chartOf } from '../../flux/chart-of';
import { Alert, type AlertProps, type AlertSource } from '../../flux/alert';
import type { FluxObjectProps } from '../../flux/flux-object';
import type { ProviderFields } from '../../flux/generated/provider';
import { asDirectory, enclosingDirectory } from '../../flux/directory';
import { Provider, type ProviderProps } from '../../flux/provider';
import { setFile } from '../../flux/side-data';
import { standInOf } from '../../flux/dependencies/dependable-object';
import { ProviderCredentials, type ProviderCredentialsProps } from '../credentials/provider-credentials';
import type { FluxApp } from '../flux-app';
import type { HelmChartRelease } from '../helm-chart-release';
import { relativeName } from '../../render/relative-names';
import type { RemoteKustomization } from '../remote-kustomization';

/** An object whose events are sent: a Flux object, or a construct that contains one. */
export type AlertEventSource = AlertSource | FluxApp | HelmChartRelease | RemoteKustomization;

/** The options of all alerts: which events to send, with the same names as in Flux. */
export interface AlertOptions
  extends
    Pick<FluxObjectProps, 'name' | 'namespace' | 'file'>,
    Omit<AlertProps, keyof FluxObjectProps | 'providerRef' | 'eventSources'> {
  /**
   * The objects whose events are sent.
   *
   * @default - all Kustomizations and HelmReleases in the namespace of the Alert
   */
  readonly eventSources?: readonly AlertEventSource[];
}

/** Where to send events: every field of the spec of a Provider, except its Secret. */
export type AlertTarget = Omit<ProviderFields, 'secretRef'>;

/** The credentials of the Provider. */
export type AlertCredentials = Pick<
  ProviderCredentialsProps,
  'address' | 'token' | 'username' | 'password' | 'headers' | 'githubApp'
>;

/** The props of `Alerts`. */
export interface AlertsProps extends AlertOptions {
  /** Where to send events: the type of the Provider, its address, its channel. */
  readonly provider: AlertTarget;
  /**
   * The credentials that the Provider needs. Synth writes them to a Secret.
   *
   * @default - nothing
   */
  readonly credentials?: AlertCredentials;
}

const EVERYTHING: readonly AlertSource[] = [
  { kind: 'Kustomization', name: '*' },
  { kind: 'HelmRelease', name: '*' },
];

/**
 * Sends the events of Flux objects: an Alert, the Provider that it uses, and the Secret of the Provider. There are
 * constructs for the most common services, such as `SlackAlerts`; this one supports all of them.
 *
 * @see https://fluxcd.io/flux/monitoring/alerts/
 */
export class Alerts extends Construct {
  /** The Provider: where events are sent. */
  readonly provider: Provider;
  /** The Alert: which events are sent. */
  readonly alert: Alert;
  /** The Secret of the Provider; undefined if it needs none. */
  readonly credentials?: ProviderCredentials;

  constructor(scope: Construct, id: string, props: AlertsProps) {
    const checked = checkArguments('Alerts', scope, id, props);
    super(scope, id);
    reportProblems(this, checked);
    const {
      name: given,
      namespace,
      file,
      provider,
      credentials,
      eventSources = EVERYTHING,
      ...fields
    } = checked.props;
    const name = given ?? relativeName(this, enclosingDirectory(this)?.construct ?? chartOf(this));
    if (file !== undefined) setFile(this, file);
    if (credentials && Object.values(credentials).some((value) => value !== undefined)) {
      this.credentials = new ProviderCredentials(this, 'Credentials', {
        ...credentials,
        name,
        namespace,
        file: secretFile(file ?? `${name}.yaml`),
      });
    }
    const secretRef = this.credentials;
    // The requirements of the type are checked when the Provider is printed.
    const spec = { ...provider, ...(secretRef && { secretRef }) } as ProviderProps;
    this.provider = new Provider(this, 'Provider', { name, namespace, ...spec });
    this.alert = new Alert(this, 'Alert', {
      name,
      namespace,
      providerRef: this.provider,
      ...fields,
      eventSources: eventSources.map(asSource),
    });
  }
}

/** An encrypted Secret has its own file. */
function secretFile(file: string): string {
  return file.replace(/(\.ya?ml)?$/, '-secret.yaml');
}

/** The Flux object that a construct represents. */
function asSource(source: AlertEventSource): AlertSource {
  if (!Construct.isConstruct(source)) return source;
  return (asDirectory(source)?.kustomization ?? standInOf(source) ?? source) as AlertSource;
}
