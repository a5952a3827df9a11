import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { validateForPlan } from '../delivery/gitops-root';
import { SopsSecret } from '../delivery/sops-secret';
import { completedFinding, finding, type Finding } from '../findings/finding';
import { asPlace, isLeftOut, type Place } from '../flux/directory';
import { fileOf, reportsOf } from '../flux/side-data';

/** A file that a direct child of a directory asked for, and the objects that go into it. */
export interface FileRequest {
  /** The directory's direct child that asked for it. */
  readonly child: IConstruct;
  /** The name within the directory. */
  readonly name: string;
  /** The place whose ownership record lists the file. */
  readonly owner: Place;
  readonly objects: ApiObject[];
  /**
   * The secret that is the whole file.
   *
   * @default - the file is printed from objects
   */
  readonly secret?: SopsSecret;
}

/** What an app holds, in one walk. */
export interface Collected {
  /** By place, the files it is asked for, by child and name. */
  readonly files: Map<Place, Map<string, FileRequest>>;
  /** By chart, the objects that are in no Cluster. */
  readonly elsewhere: Map<Chart, ApiObject[]>;
  /** What constructs reported of themselves, and what their validations say. */
  readonly findings: Finding[];
}

/** Where the walk stands: the place, its direct child, and the file named on the way down. */
interface Position {
  readonly construct: IConstruct;
  readonly place?: Place;
  readonly child?: IConstruct;
  readonly file?: string;
}

/** Walks an app once. Each construct is validated once, as cdk8s would. */
export function collect(root: IConstruct): Collected {
  const collected: Collected = { files: new Map(), elsewhere: new Map(), findings: [] };
  const waiting: Position[] = [{ construct: root }];
  for (let position = waiting.pop(); position; position = waiting.pop()) {
    const { construct, place } = position;
    const own = asPlace(construct);
    if (own && isLeftOut(own)) continue;
    gatherFindings(construct, collected.findings);
    if (ApiObject.isApiObject(construct)) gatherObject(construct, position, collected);
    if (SopsSecret.isSopsSecret(construct)) gatherSecret(construct, position, collected);
    if (own) collected.files.set(own, collected.files.get(own) ?? new Map());
    const children = construct.node.children;
    for (let index = children.length - 1; index >= 0; index--) {
      waiting.push(enter(children[index] as IConstruct, own, place, position));
    }
  }
  return collected;
}

function enter(
  child: IConstruct,
  own: Place | undefined,
  outer: Place | undefined,
  from: Position,
): Position {
  const file = fileOf(child);
  if (own) return { construct: child, place: own, child, file };
  return { construct: child, place: outer, child: from.child, file: file ?? from.file };
}

function gatherFindings(construct: IConstruct, findings: Finding[]): void {
  for (const reported of reportsOf(construct)) findings.push(completedFinding(reported));
  for (const message of validateForPlan(construct)) {
    findings.push(
      finding({ code: 'construct-invalid', message, locations: [{ constructPath: construct.node.path }] }),
    );
  }
}

function gatherObject(object: ApiObject, position: Position, collected: Collected): void {
  const { place, child, file } = position;
  if (!place || !child) {
    const chart = Chart.of(object);
    const others = collected.elsewhere.get(chart);
    if (others) others.push(object);
    else collected.elsewhere.set(chart, [object]);
    return;
  }
  // The Kustomization of a FluxApp goes where its parent's files are; its own record lists it all the same.
  const isOwn = place.kustomization === (object as unknown);
  const home = isOwn ? (place.parent as Place) : place;
  const asked = isOwn ? place.construct : child;
  const name = file ?? `${asked.node.id}.yaml`;
  const requests = collected.files.get(home) ?? new Map<string, FileRequest>();
  collected.files.set(home, requests);
  const key = `${asked.node.path}\0${name}`;
  const request = requests.get(key);
  if (request) request.objects.push(object);
  else requests.set(key, { child: asked, name, owner: place, objects: [object] });
}

function gatherSecret(secret: SopsSecret, { place, file }: Position, collected: Collected): void {
  if (!place) return;
  const requests = collected.files.get(place) as Map<string, FileRequest>;
  const name = file ?? `${secret.node.id}.yaml`;
  requests.set(secret.node.path, { child: secret, name, owner: place, objects: [], secret });
}
