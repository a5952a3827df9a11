/**
 * Tests of what an app comes to, without writing a file.
 *
 * @packageDocumentation
 */
export { snapshotOf, synthFiles } from './synth-files';
