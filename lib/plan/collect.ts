import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { validateForPlan } from '../delivery/gitops-root';
import { SopsSecret } from '../delivery/sops-secret';
import { completedFinding, finding, type Finding } from '../findings/finding';
import { asDirectory, isLeftOut, type Directory } from '../flux/directory';
import { fileOf, invalidReportsOf, reportsOf } from '../flux/side-data';

/** A file that direct children of a directory asked for, and the objects that go into it. */
export interface FileRequest {
  /** The directory's direct child that asked for it first. */
  readonly child: IConstruct;
  /** The name within the directory. */
  readonly name: string;
  /** The directory whose ownership record lists the file. */
  readonly owner: Directory;
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
  /** By directory, the files it is asked for, by name; Kustomizations of FluxApps by their path too. */
  readonly files: Map<Directory, Map<string, FileRequest>>;
  /** By chart, the objects that are in no Cluster. */
  readonly elsewhere: Map<Chart, ApiObject[]>;
  /** What constructs reported of themselves, and what their validations say. */
  readonly findings: Finding[];
  /** The constructs that were made with stand-ins for what their authors gave. */
  readonly invalid: IConstruct[];
}

/** The position of the walk: the directory, its direct child, and the file named on the way down. */
interface Position {
  readonly construct: IConstruct;
  readonly directory?: Directory;
  readonly child?: IConstruct;
  readonly file?: string;
  /** Whether the construct around it, which created it, was created with stand-ins. */
  readonly invalid?: boolean;
}

/** Walks an app once. Each construct is validated once, as cdk8s would. */
export function collect(root: IConstruct): Collected {
  const collected: Collected = { files: new Map(), elsewhere: new Map(), findings: [], invalid: [] };
  const waiting: Position[] = [{ construct: root }];
  for (let position = waiting.pop(); position; position = waiting.pop()) {
    const { construct, directory } = position;
    const own = asDirectory(construct);
    if (own && isLeftOut(own)) continue;
    const invalid = gatherFindings(position, collected);
    if (ApiObject.isApiObject(construct)) gatherObject(construct, position, collected);
    if (SopsSecret.isSopsSecret(construct)) gatherSecret(construct, position, collected);
    if (own) collected.files.set(own, collected.files.get(own) ?? new Map());
    const children = construct.node.children;
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index] as IConstruct;
      // Most constructs in a FluxApp or Cluster come from its author, so they are checked even if it has stand-ins.
      waiting.push({ ...enter(child, own, directory, position), invalid: invalid && !own });
    }
  }
  return collected;
}

function enter(
  child: IConstruct,
  own: Directory | undefined,
  outer: Directory | undefined,
  from: Position,
): Position {
  const file = fileOf(child);
  if (own) return { construct: child, directory: own, child, file };
  return { construct: child, directory: outer, child: from.child, file: file ?? from.file };
}

/**
 * Collects the findings about a construct; returns whether it was created with stand-ins. If so, nothing else about it
 * is reported.
 */
function gatherFindings({ construct, invalid }: Position, { findings, invalid: found }: Collected): boolean {
  if (invalid) return true;
  const problems = invalidReportsOf(construct);
  findings.push(...problems.map(completedFinding));
  if (problems.length > 0) {
    found.push(construct);
    return true;
  }
  for (const reported of reportsOf(construct)) findings.push(completedFinding(reported));
  for (const message of validateForPlan(construct)) {
    findings.push(
      finding({ code: 'construct-invalid', message, locations: [{ constructPath: construct.node.path }] }),
    );
  }
  return false;
}

function gatherObject(object: ApiObject, position: Position, collected: Collected): void {
  const { directory, child, file } = position;
  if (!directory || !child) {
    const chart = Chart.of(object);
    const others = collected.elsewhere.get(chart);
    if (others) others.push(object);
    else collected.elsewhere.set(chart, [object]);
    return;
  }
  // The Kustomization of a FluxApp is in its parent's directory, but its own record lists it.
  const isOwn = directory.kustomization === (object as unknown);
  const target = isOwn ? (directory.parent as Directory) : directory;
  const asked = isOwn ? directory.construct : child;
  const name = file ?? `${asked.node.id}.yaml`;
  const requests = collected.files.get(target) ?? new Map<string, FileRequest>();
  collected.files.set(target, requests);
  // Several constructs may share a file, except Kustomizations of FluxApps: each is in the record of its own FluxApp.
  const key = isOwn ? `${asked.node.path}\0${name}` : name;
  const request = requests.get(key);
  if (request) request.objects.push(object);
  else requests.set(key, { child: asked, name, owner: directory, objects: [object] });
}

function gatherSecret(secret: SopsSecret, { directory, file }: Position, collected: Collected): void {
  if (!directory) return;
  const requests = collected.files.get(directory) as Map<string, FileRequest>;
  const name = file ?? `${secret.node.id}.yaml`;
  requests.set(secret.node.path, { child: secret, name, owner: directory, objects: [], secret });
}
