import { groupBy } from '../plain/group-by';
import { joinPath } from '../tree/path';
import type { TreeFile } from '../tree/tree-file';
import type { Contents } from './contents';
import { differenceOf, isSame, overlayFiles, type SharedFolder } from './overlay';
import { sharedContent } from './shared-content';

/** A directory of a cluster, and the groups that the cluster is in, the widest first. */
export interface GroupMember {
  readonly groups: readonly string[];
  readonly objects: Contents;
}

/** A shared folder, and the folder that it builds on. */
interface Layer extends SharedFolder {
  readonly around?: Layer;
  readonly files: readonly TreeFile[];
}

const NONE: Contents = new Map();

/**
 * The folders that the directories of one deployment share: `base` has what more than half of the clusters agree on, and
 * there is an overlay of it for each group of clusters that agrees on something else.
 */
export class SharedFolders<Member extends GroupMember> {
  private readonly layers = new Map<Member, Layer | undefined>();
  private readonly used = new Set<Layer>();
  /** The names of the folders in lower case, because some file systems ignore case. */
  private readonly names = new Set<string>();

  /** @param folder - where they are */
  constructor(
    private readonly folder: string,
    members: readonly Member[],
  ) {
    this.share(members, 0, this.layer('base', members, undefined));
  }

  /** The folder that is nearest to what a directory holds. */
  nearest(member: Member): SharedFolder | undefined {
    return this.layers.get(member);
  }

  /** Says that the folder of a directory is used. */
  use(member: Member): void {
    for (let layer = this.layers.get(member); layer; layer = layer.around) this.used.add(layer);
  }

  /** The files of all folders that are used. */
  get files(): readonly TreeFile[] {
    return [...this.used].flatMap(({ files }) => files);
  }

  private share(members: readonly Member[], level: number, around: Layer | undefined): void {
    for (const [name, group] of groupBy(members, ({ groups }) => groups[level])) {
      if (name === undefined) for (const member of group) this.layers.set(member, around);
      else if (group.length === members.length || group.length === 1) this.share(group, level + 1, around);
      else this.share(group, level + 1, this.layer(name, group, around));
    }
  }

  private layer(name: string, members: readonly Member[], around: Layer | undefined): Layer | undefined {
    const objects = sharedContent(
      members.map((member) => member.objects),
      around?.objects ?? NONE,
    );
    const difference = differenceOf(around?.objects, objects);
    if (!difference || isSame(difference)) return around;
    const path = joinPath(this.folder, this.freeName(name));
    const files = overlayFiles(around, difference, [], { folder: path, owner: this.folder });
    return { path, objects, around, files };
  }

  /** A region of one environment may have the same name as another environment. */
  private freeName(name: string): string {
    let free = name;
    for (let count = 2; this.names.has(free.toLowerCase()); count++) free = `${name}-${count}`;
    this.names.add(free.toLowerCase());
    return free;
  }
}
