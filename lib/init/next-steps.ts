import { shellQuoted } from '../findings/shell-quoted';
import { clustersOf, entryPathOf, type CiKind, type InitOptions } from './init-options';

/** What there is to know of a new project beside its options. */
export interface NextStepsOptions extends InitOptions {
  /** The folder as the user goes there; `.` for the current one. */
  readonly folder: string;
  /** Whether the folder is the root of a git repository already. */
  readonly isRepository: boolean;
}

/** The commands that come after `init`, and the line that installs Flux in each cluster. */
export function nextSteps(options: NextStepsOptions): string {
  const { folder, isRepository } = options;
  const steps = [
    ...(folder === '.' ? [] : [`cd ${shellQuoted(folder)}`]),
    ...(isRepository ? [] : ['git init --initial-branch=main']),
    'npm install',
    'npm test',
    'npm run synth',
    'git add --all && git commit --message="Describe the clusters"',
  ];
  const clusters = clustersOf(options);
  const each = clusters.length === 1 ? 'the cluster' : 'each cluster';
  const lines = clusters.map((cluster) => `  ${bootstrapLine(options, entryPathOf(cluster))}`);
  return `Next:
${steps.map((step) => `  ${step}`).join('\n')}

After you push, install Flux in ${each}; replace the parts in <>:
${lines.join('\n')}
`;
}

const HOSTS: Readonly<Record<CiKind, (name: string) => string>> = {
  github: (name) => `flux bootstrap github --owner='<owner>' --repository=${name} --branch=main`,
  gitlab: (name) => `flux bootstrap gitlab --owner='<group>' --repository=${name} --branch=main`,
  none: (name) => `flux bootstrap git --url='ssh://git@<host>/<owner>/${name}' --branch=main`,
};

function bootstrapLine({ ci, name }: InitOptions, path: string): string {
  return `${HOSTS[ci](name)} --path=${path}`;
}
