import { Construct } from 'constructs';
import { DEFAULT_PINS } from '../config/config-schema';
import { findProject } from '../config/project';
import { addToGroup } from '../plain/group-by';
import { finding, type OwnFindingInput } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import { report } from '../flux/side-data';
import { missingPin } from '../rollout/missing-pin';
import { Pins, type PinValue } from '../rollout/pins';
import { readPins } from '../rollout/read-pins';
import { nameOfCluster } from './cluster-facts';
import type { ClusterRegister } from './cluster-register';
import { renovateComment, type Pin, type PinOptions } from './pin';

type AnyPinOptions = PinOptions<'string' | 'number' | 'boolean'>;

/** The pins of a fleet: what `pins.yaml` says, and which deployment asked for what. */
export class PinBoard {
  /** Contains a construct for each pin, which knows the line that created it. */
  private readonly anchors: Construct;
  private readonly uses = new Map<string, string[]>();
  private readonly problems = new Map<string, FindingsError>();
  private read?: Pins;
  private user?: string;

  constructor(
    private readonly fleet: Construct,
    private readonly register: ClusterRegister,
  ) {
    this.anchors = new Construct(fleet, 'Pins');
  }

  /** A pin by its name in the file. */
  pin(name: string, options: AnyPinOptions): Pin<PinValue> {
    const anchor = new Construct(this.anchors, name);
    return { name, in: (cluster) => this.valueIn(name, nameOfCluster(cluster), options, anchor) };
  }

  /** Runs a deployment: the pins that it asks for decide what it is. */
  usedBy<Result>(deployment: string, run: () => Result): Result {
    this.user = deployment;
    try {
      return run();
    } finally {
      this.user = undefined;
    }
  }

  /** The names of the pins that a deployment asked for. */
  pinsOf(deployment: string): readonly string[] {
    return [...new Set(this.uses.get(deployment))];
  }

  /** Whether a deployment is held as it is in a cluster. */
  isSuspended(deployment: string, cluster: string): boolean {
    return this.pins.suspension(deployment, cluster) !== undefined;
  }

  /** The pins of the file. A problem with the file is reported once. */
  private get pins(): Pins {
    return (this.read ??= this.readPins());
  }

  private readPins(): Pins {
    try {
      const { root, pins: file } = findProject(process.cwd());
      const { pins, findings } = readPins(root, file);
      for (const found of findings) report(this.fleet, found);
      return pins;
    } catch (error) {
      // The configuration is wrong, and every command reports that.
      if (FindingsError.isFindingsError(error)) return Pins.none(DEFAULT_PINS);
      throw error;
    }
  }

  private valueIn(name: string, cluster: string, options: AnyPinOptions, anchor: Construct): PinValue {
    const { ring } = this.register.find(cluster);
    if (this.user !== undefined) addToGroup(this.uses, this.user, name);
    const value = ring === undefined ? undefined : this.pins.value(name, ring);
    const isKnown = this.pins.valuesOf(name) !== undefined;
    if (ring === undefined)
      return this.refuse(`${name} ${cluster}`, () => withoutRing(name, cluster), anchor);
    if (value === undefined) {
      // One finding for a pin that the file does not have at all.
      const key = isKnown ? `${name} ${ring}` : name;
      return this.refuse(key, () => this.missing(name, ring, options), anchor);
    }
    const { type = 'string' } = options;
    if (type === 'string' && typeof value === 'number') return String(value);
    if (typeof value === type) return value;
    return this.refuse(`${name} ${ring}`, () => this.wrongType(name, ring, value, type), anchor);
  }

  /** Throws the problem: the same error each time, so it is reported once. */
  private refuse(key: string, problem: () => OwnFindingInput, anchor: Construct): never {
    const known = this.problems.get(key);
    if (known) throw known;
    const found = problem();
    const locations = [{ constructPath: anchor.node.path }, ...(found.locations ?? [])];
    const error = new FindingsError([finding({ ...found, locations })]);
    this.problems.set(key, error);
    throw error;
  }

  private missing(name: string, ring: string, { renovate }: AnyPinOptions): OwnFindingInput {
    const { pins } = this;
    const found = missingPin(pins, name, ring);
    if (pins.valuesOf(name) !== undefined) return found;
    const rings = this.register.rings.map((one) => `    ${one.name}: <version>`);
    const comment = renovate ? [`    # ${renovateComment(renovate)}`] : [];
    const isFirst = pins.names.length === 0;
    const lines = [...(isFirst ? ['version: 1', 'pins:'] : []), `  ${name}:`, ...comment, ...rings];
    const hint = found.hint?.startsWith('did you mean') ? `${found.hint} if not, ` : '';
    return {
      ...found,
      hint: `${hint}add these lines to ${pins.file}${isFirst ? '' : ', below "pins:"'}`,
      details: lines,
    };
  }

  private wrongType(name: string, ring: string, value: PinValue, type: string): OwnFindingInput {
    return {
      code: 'pins-invalid',
      message: `the pin ${JSON.stringify(name)} has ${JSON.stringify(value)} in the ring ${JSON.stringify(ring)}, but the code needs a ${type}`,
      hint: `correct the value, or the type in pin(${JSON.stringify(name)}, { type: ... })`,
      field: `pins.${name}.${ring}`,
      locations: [{ file: this.pins.file, line: this.pins.valuesOf(name)?.get(ring)?.line }],
    };
  }
}

function withoutRing(name: string, cluster: string): OwnFindingInput {
  return {
    code: 'cluster-without-ring',
    message: `the cluster ${JSON.stringify(cluster)} is in no ring, so the pin ${JSON.stringify(name)} has no value for it`,
    hint: 'add it to a ring in rings of the Fleet, or exclude it from the deployment that needs the pin',
  };
}
