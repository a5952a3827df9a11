import type { NodeType } from '../graph/graph';

/** The colours of a group of kinds: on light paper, and on dark. */
export interface TypeColours {
  /** The line and the name of the kind. */
  readonly ink: string;
  /** The same on dark paper. */
  readonly darkInk: string;
  /** The area, for pictures whose paper we do not draw. */
  readonly fill: string;
}

/** How each group of kinds looks, in the order of legends. */
export const typeColours: Readonly<Record<NodeType, TypeColours>> = {
  kustomization: { ink: '#2458c5', darkInk: '#7aa7ff', fill: '#e3ecfd' },
  'helm-release': { ink: '#7336b8', darkInk: '#bf94f5', fill: '#f0e6fb' },
  source: { ink: '#0b7569', darkInk: '#4cc9b6', fill: '#dcf3ef' },
  image: { ink: '#9a5b06', darkInk: '#e0a94d', fill: '#fbeed6' },
  notification: { ink: '#a8346d', darkInk: '#ec8cb9', fill: '#fbe4ef' },
  operator: { ink: '#3f5773', darkInk: '#9db4d0', fill: '#e5ebf2' },
  config: { ink: '#54701a', darkInk: '#a9c966', fill: '#edf3de' },
  object: { ink: '#5b6270', darkInk: '#a6adba', fill: '#eceef1' },
};

/** What a group of kinds is called. */
export const typeNames: Readonly<Record<NodeType, string>> = {
  kustomization: 'Kustomization',
  'helm-release': 'HelmRelease',
  source: 'source',
  image: 'image automation',
  notification: 'notification',
  operator: 'operator',
  config: 'ConfigMap, Secret',
  object: 'other object',
};

/** What draws attention. */
export const ALARM = '#c62f2f';
