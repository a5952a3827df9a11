import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import type { Kustomization } from '../flux/kustomization';
import type { OrderedObject } from '../flux/dependencies/reconciled-object';
import { topmostOrdered } from '../flux/dependencies/topmost-ordered';
import { report } from '../flux/side-data';

/** A member of a stage: a `FluxApp`, a Kustomization, a HelmRelease, or any construct that holds some. */
export type StageMember = Construct;

/** A stage that has more to say than its members. */
export interface StageProps {
  /** The members; they are reconciled in parallel. */
  readonly members: readonly StageMember[];
  /**
   * Whether the members hold CRDs. Flux then never prunes them: with a CRD, every object of its kind is deleted.
   *
   * @default false
   */
  readonly crds?: boolean;
}

/** A stage: one member, several in parallel, or members with more to say. */
export type Stage = StageMember | readonly StageMember[] | StageProps;

/** What a `DependencyChain` is made of. */
export interface DependencyChainProps {
  /** The stages, in order. Each waits for all of the one before. */
  readonly stages: readonly Stage[];
}

/**
 * Stages that are reconciled one after the other: each member waits for all members of the stage before it, and what is
 * waited for is ready only when what it applies is.
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
        message: `${JSON.stringify(member.node.path)} has nothing that Flux reconciles in order`,
        hint: 'give FluxApps, Kustomizations or HelmReleases',
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
