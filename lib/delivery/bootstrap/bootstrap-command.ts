import { DEFAULT_COMPONENTS, EXTRA_COMPONENTS } from '../../kinds/components';
import {
  declaredComponents,
  mayPush,
  type BootstrapRepository,
  type ClusterBootstrap,
  type HostedRepository,
} from './cluster-bootstrap';
import type { Needs } from './needs';

/** A command and its flags, `--name=value`, or `--name` alone. */
export type Flags = readonly (readonly [name: string, value?: string | boolean])[];

/**
 * The line that installs Flux in a cluster, with what its objects need beyond what its author said.
 *
 * @param path - the entry path, as the author wrote it
 * @see https://fluxcd.io/flux/cmd/flux_bootstrap/
 */
export function bootstrapCommand(path: string, bootstrap: ClusterBootstrap, needs: Needs): string {
  const { repository, branch = 'main', tokenAuth } = bootstrap;
  const [provider, where] = repositoryFlags(repository);
  const needsKey = needs.pushing.length > 0 && mayPush(bootstrap) === false;
  return printCommand(`flux bootstrap ${provider}`, [
    ...where,
    ['branch', branch],
    ['path', path],
    ...controllerFlags(bootstrap, needs),
    ['token-auth', tokenAuth],
    ['read-write-key', provider !== 'git' && !tokenAuth && (bootstrap.readWriteKey === true || needsKey)],
  ]);
}

/** The flags that say which controllers of which version are installed. */
export function controllerFlags(bootstrap: ClusterBootstrap, needs: Needs): Flags {
  const { version, components } = bootstrap;
  const wanted = declaredComponents(bootstrap);
  for (const component of needs.components.keys()) wanted.add(component);
  const base = components ?? DEFAULT_COMPONENTS;
  const extra = [...DEFAULT_COMPONENTS, ...EXTRA_COMPONENTS].filter(
    (name) => wanted.has(name) && !base.includes(name),
  );
  return [
    ['version', version === undefined ? undefined : `v${version.replace(/^v/, '')}`],
    ['components', components?.join(',')],
    ['components-extra', extra.length > 0 ? extra.join(',') : undefined],
  ];
}

/** A command with a line for each flag. */
export function printCommand(command: string, flags: Flags): string {
  const printed = flags.flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}=${shellWord(value)}`];
  });
  return [command, ...printed].join(' \\\n  ');
}

function repositoryFlags(repository: BootstrapRepository | undefined): [string, Flags] {
  if (repository === undefined) return ['git', [['url', 'ssh://git@<host>/<owner>/<repository>']]];
  if ('git' in repository) {
    const { url, privateKeyFile } = repository.git;
    return [
      'git',
      [
        ['url', url],
        ['private-key-file', privateKeyFile],
      ],
    ];
  }
  if ('github' in repository) return ['github', hostedFlags(repository.github)];
  if ('gitlab' in repository) return ['gitlab', hostedFlags(repository.gitlab)];
  return ['gitea', hostedFlags(repository.gitea)];
}

function hostedFlags({ hostname, owner, repository, personal, private: isPrivate }: HostedRepository): Flags {
  return [
    ['hostname', hostname],
    ['owner', owner],
    ['repository', repository],
    ['personal', personal],
    ['private', isPrivate === false ? 'false' : undefined],
  ];
}

/** A value as a POSIX shell reads it. */
export function shellWord(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
