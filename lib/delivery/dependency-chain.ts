import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import type { Kustomization } from '../flux/kustomization';
import type { OrderedObject } from '../flux/dependencies/ordered-object';
import { topmostOrdered } from '../flux/dependencies/topmost-ordered';
import { report } from '../flux/side-data';

/** A member of a stage: a `FluxApp`, a Kustomization, a HelmRelease, or any construct that contains some. */
export type StageMember = Construct;

/** A stage with options. */
export interface StageProps {
  /** The members. Flux reconciles them in parallel. */
  readonly members: readonly StageMember[];
  /**
   * Whether the members contain CRDs. Flux then never prunes them, because deleting a CRD deletes every object of its kind.
   *
   * @default false
   */
  readonly crds?: boolean;
}

/** A stage: one member, several in parallel, or members with options. */
export type Stage = StageMember | readonly StageMember[] | StageProps;

/** The props of a `DependencyChain`. */
export interface DependencyChainProps {
  /** The stages, in order. Each stage waits for all members of the stage before it. */
  readonly stages: readonly Stage[];
}

/**
 * Makes Flux reconcile stages one after another. Each member waits until all members of the stage before it, and
 * everything they apply, are ready.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
 */
export class DependencyChain extends Construct {
  constructor(scope: Construct, id: string, props: DependencyChainProps) {
    const checked = checkArguments('DependencyChain', scope, id, props);
    super(scope, id);
    reportProblems(this, checked);
    const stages = checked.props.stages.map(normalize);
    stages.forEach(({ members, crds }, index) => {
      const objects = members.flatMap((member) => this.orderedIn(member));
      if (crds) objects.filter(isKustomization).forEach((object) => object.keepOnRemoval());
      const before = stages[index - 1]?.members ?? [];
      for (const object of objects) object.waitFor(...before);
    });
  }

  private orderedIn(member: StageMember): OrderedObject[] {
    const found = topmostOrdered(member);
    if (found.length === 0) {
      report(this, {
        code: 'stage-empty',
        message: `${JSON.stringify(member.node.path)} contains nothing that Flux can order`,
        hint: 'use FluxApps, Kustomizations or HelmReleases',
      });
    }
    return found;
  }
}

function normalize(stage: Stage): StageProps {
  if (Array.isArray(stage)) return { members: stage as readonly StageMember[] };
  return 'members' in stage ? (stage as StageProps) : { members: [stage as StageMember] };
}

function isKustomization(object: OrderedObject): object is Kustomization {
  return object.kind === 'Kustomization';
}
