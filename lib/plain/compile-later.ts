import { setFlagsFromString } from 'node:v8';

/**
 * How many times longer than by default V8 lets a function run before it optimizes it. A command and a synth run for
 * seconds, and by default a third of their processor time goes into optimized code that they hardly use.
 */
const PATIENCE = 6;

/** V8's flag for this and its default, by the major version of V8. From 13 on, a cheaper compiler comes first. */
const FLAGS: ReadonlyMap<string, readonly [flag: string, byDefault: number]> = new Map([
  ['11', ['--interrupt-budget', 66 * 1024]],
  ['12', ['--invocation-count-for-turbofan', 3000]],
]);

/**
 * The flag that makes V8 optimize later.
 *
 * @param v8 - the version, such as `11.3.244.8-node.33`
 * @returns `undefined` for a V8 that needs none
 */
export function compileLaterFlag(v8: string): string | undefined {
  const known = FLAGS.get(v8.split('.', 1)[0] ?? '');
  if (!known) return undefined;
  const [flag, byDefault] = known;
  return `${flag}=${PATIENCE * byDefault}`;
}

/** Makes V8 optimize later in this process. Only a process that exists for us may do so, never one of a test or a server. */
export function compileLater(): void {
  const flag = compileLaterFlag(process.versions.v8);
  if (flag) setFlagsFromString(flag);
}
