/**
 * Tests of what an app comes to, without writing a file.
 *
 * @packageDocumentation
 */
export { forEveryCluster } from './for-every-cluster';
export { type MatcherContext, type MatcherResult } from './matcher';
export { type FluxMatchers, fluxMatchers } from './matchers';
export { fluxSerializer, summaryOf } from './summary';
export { snapshotOf, synthFiles } from './synth-files';
