import { Construct } from 'constructs';
import {
  ImageAutomation,
  type FollowedImageProps,
  type ImageAutomationProps,
} from '../delivery/image-automation';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { finding, type OwnFindingInput } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import type { ImagePolicy } from '../flux/image-policy';
import { reportInvalid } from '../flux/side-data';
import { isMap, mapOf } from '../plain/plain-data';
import {
  nameOfCluster,
  type ClusterReference,
  type DeploymentCluster,
  type FleetCluster,
} from './cluster-facts';
import type { DeployProps } from './deploy-props';
import type { Deployment } from './deployment';
import { asFleet } from './fleet-parts';
import type { Pin } from './pin';
import type { ClusterSelection } from './select';

/** A fleet of any type. */
export interface AnyFleet extends Construct {
  /** Its clusters. */
  readonly clusters: readonly FleetCluster[];
  /** Deploys something to clusters: see `Fleet.deploy`. */
  deploy(
    name: string,
    props: Omit<DeployProps, 'select'> & { readonly select?: Pick<ClusterSelection, 'provider' | 'labels'> },
    make: (cluster: DeploymentCluster) => void,
  ): Deployment<void>;
}

const NO_FLEET: OwnFindingInput = {
  code: 'argument-invalid',
  message: 'the scope of the FleetImages must be a Fleet',
  hint: "pass the fleet as the first argument: new FleetImages(fleet, 'image-updates', { ... })",
};

type DeployArguments = [name: string, props: DeployProps, make: (cluster: DeploymentCluster) => void];

/** An image of a fleet: which rings follow new tags, and what the others run. */
export interface FleetImageProps extends Omit<FollowedImageProps, 'policy' | 'name'> {
  /** How Flux chooses the newest image in a ring, by ring. Flux commits its tag. */
  readonly policies: Readonly<Record<string, FollowedImageProps['policy']>>;
  /** The tag in rings with a policy, until Flux changes it for the first time. */
  readonly tag: string;
  /**
   * The tag in the other rings.
   *
   * @default - the image can be used only in rings with a policy
   */
  readonly pin?: Pin;
}

/** The props of `FleetImages`: the images, and how Flux commits their tags. */
export interface FleetImagesProps<Name extends string = string> extends Omit<
  ImageAutomationProps,
  'name' | 'namespace' | 'file' | 'sourceRef'
> {
  /** The images by name. */
  readonly images: Readonly<Record<Name, FleetImageProps>>;
  /**
   * Where Flux pushes its commits. A branch for pull requests lets people review each new image.
   *
   * @default - one branch for each cluster: `<id>-<cluster>`
   */
  readonly push?: ImageAutomationProps['push'];
  /**
   * The folder whose files Flux updates in a cluster, relative to the root of the repository. It must contain the
   * marked fields.
   *
   * @default - the folder of the cluster's FluxApps, so that Flux does not change files of other clusters
   */
  readonly path?: string;
  /**
   * The layer of the FluxApps that contain the automation.
   *
   * @default - the layer of deployments
   */
  readonly layer?: string;
}

/**
 * Images that some rings of a fleet follow, and other rings get from a pin: for example, staging gets each new tag of a
 * range, and production gets the promoted tag. It creates the three objects of image automation in each cluster whose
 * ring follows an image.
 *
 * @typeParam Name - the names of the images
 * @see https://fluxcd.io/flux/guides/image-update/
 */
export class FleetImages<Name extends string = string> extends Construct {
  private readonly policies = new Map<string, ImagePolicy>();
  private readonly ringOf: ReadonlyMap<string, string | undefined>;
  private readonly images: Readonly<Record<string, FleetImageProps>>;

  constructor(fleet: AnyFleet, id: string, props: FleetImagesProps<Name>) {
    const checked = checkArguments('FleetImages', fleet, id, props);
    super(fleet, id);
    reportProblems(this, checked);
    const { images, layer, ...automation } = checked.props;
    const given = Object.entries(mapOf(images)).filter(([, image]) => isMap(image));
    this.images = Object.fromEntries(given) as Readonly<Record<string, FleetImageProps>>;
    const clusters = asFleet(fleet) ? fleet.clusters : [];
    if (!asFleet(fleet)) reportInvalid(this, [NO_FLEET]);
    this.ringOf = new Map(clusters.map(({ name, ring }) => [name, ring]));
    const followed = clusters.filter((cluster) => this.followedIn(cluster.name).length > 0);
    if (followed.length === 0) return;
    const select = { clusters: followed.map(({ name }) => name) };
    // The fleet sets the names.
    const { deploy } = fleet as unknown as { readonly deploy: (...given: DeployArguments) => void };
    deploy.call(fleet, id, { select, ...(layer !== undefined && { layer }) }, (cluster) =>
      this.automate(cluster, automation),
    );
  }

  /**
   * An image in a cluster, as text for a field: if the ring follows the image, with the marker that lets Flux change
   * it; otherwise, with the value of the pin.
   *
   * @param cluster - the cluster that the function of a deployment gets, or a name
   * @param name - the name of the image
   * @param part - only the name, or only the tag
   * @throws FindingsError `image-unpinned` if the ring of the cluster does not follow the image, and the image has no
   *   pin
   */
  in(cluster: ClusterReference, name: Name, part?: 'name' | 'tag'): string {
    const image = this.images[name];
    const where = nameOfCluster(cluster);
    const policy = this.policies.get(keyOf(where, name));
    if (!image) return this.refuse(name, where, 'there is no such image');
    if (policy) return policy.image(textOf(image, image.tag, part), part);
    if (!image.pin)
      return this.refuse(name, where, 'its ring has no policy for the image, and the image has no pin');
    return textOf(image, image.pin.in(cluster), part);
  }

  /** The images that are followed in a cluster. */
  private followedIn(cluster: string): [string, FleetImageProps][] {
    const ring = this.ringOf.get(cluster);
    if (ring === undefined) return [];
    return Object.entries(this.images).filter(([, { policies }]) => Object.hasOwn(mapOf(policies), ring));
  }

  private automate(cluster: DeploymentCluster, props: Omit<FleetImagesProps, 'images' | 'layer'>): void {
    const { app, construct, name: where, ring = '' } = cluster;
    const { id } = this.node;
    const automation = new ImageAutomation(app, id, {
      ...props,
      push: props.push ?? { branch: `${id}-${where}` },
      path: props.path ?? `./${construct.directory}`,
    });
    for (const [name, { policies, tag: _tag, pin: _pin, ...image }] of this.followedIn(where)) {
      const policy = automation.follow(name, {
        ...image,
        policy: policies[ring] as FollowedImageProps['policy'],
      });
      this.policies.set(keyOf(where, name), policy);
    }
  }

  private refuse(name: string, cluster: string, why: string): never {
    const images = Object.keys(this.images).map((one) => JSON.stringify(one));
    throw new FindingsError([
      finding({
        code: 'image-unpinned',
        message: `the image ${JSON.stringify(name)} is used in the cluster ${JSON.stringify(cluster)}: ${why}; images: ${images.join(', ') || 'none'}`,
        hint: 'set a pin of the image, or add a policy for the ring of the cluster',
        field: `images.${name}`,
        locations: [{ constructPath: this.node.path }],
      }),
    ]);
  }
}

function keyOf(cluster: string, image: string): string {
  return `${cluster} ${image}`;
}

function textOf({ image }: FleetImageProps, tag: string, part: 'name' | 'tag' | undefined): string {
  if (part === 'name') return image;
  return part === 'tag' ? tag : `${image}:${tag}`;
}
