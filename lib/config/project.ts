import { dirname, resolve } from 'node:path';
import type { Allowance } from './allowance';
import { CDK8S_FILE, readCdk8sYaml, type Cdk8sYaml } from './cdk8s-yaml';
import type { CheckConfig } from './check-config';
import { DEFAULT_OUTPUT, DEFAULT_PINS } from './config-schema';
import { findUpwards } from './find-upwards';
import type { FluxConfig, PictureConfig } from './flux-config';
import { findConfig } from './load-config';
import type { RolloutPolicy } from './rollout-policy';
import { repositoryPath } from '../tree/path';

/** Where the files of a project are. */
export interface Project {
  /** The root of the repository, as an absolute path. */
  readonly root: string;
  /** The folder that is published to, from the root of the repository; `''` is the root itself. */
  readonly output: string;
  /** Whether the configuration names that folder: then nothing is published outside of it. */
  readonly namesOutput: boolean;
  /**
   * The absolute path of `cdk8s-flux.yaml`.
   *
   * @default - there is none
   */
  readonly configFile?: string;
  /** Whether `.sops.yaml` is written from the recipients in the code. */
  readonly sopsRules: boolean;
  /** The file with the pins of a fleet, from the root of the repository; there may be none. */
  readonly pins: string;
  /** Pictures that synth keeps current. */
  readonly pictures: readonly PictureConfig[];
  /** The findings that are known and accepted. */
  readonly allow: readonly Allowance[];
  /** The paths that Flux starts from; empty where they are to be found. */
  readonly entries: readonly string[];
  /** How the repository is checked. */
  readonly check: CheckConfig;
  /** How far one change may reach. */
  readonly rollout: RolloutPolicy;
  /**
   * What `cdk8s.yaml` says.
   *
   * @default - there is none
   */
  readonly cdk8s?: Cdk8sYaml;
}

/**
 * Finds the project that a folder belongs to: by the nearest `cdk8s-flux.yaml`, without one by the nearest
 * `cdk8s.yaml`, whose folder is then the root; without either, the folder itself is the root.
 *
 * @throws FindingsError when one of the files is not right: see `loadConfig` and `readCdk8sYaml`
 */
export function findProject(from: string): Project {
  const loaded = findConfig(from);
  const config: FluxConfig = loaded?.config ?? { version: 1 };
  const cdk8sFile = findUpwards(CDK8S_FILE, from);
  const cdk8sFolder = cdk8sFile === undefined ? undefined : dirname(cdk8sFile);
  return {
    root: loaded?.root ?? cdk8sFolder ?? resolve(from),
    configFile: loaded?.file,
    ...settingsOf(config),
    cdk8s: cdk8sFolder === undefined ? undefined : readCdk8sYaml(cdk8sFolder),
  };
}

/** What a configuration says of a project, wherever it was read. */
export function settingsOf(config: FluxConfig): Omit<Project, 'root' | 'configFile' | 'cdk8s'> {
  return {
    output: repositoryPath(config.output ?? DEFAULT_OUTPUT),
    namesOutput: config.output !== undefined,
    sopsRules: config.sopsRules ?? false,
    pins: repositoryPath(config.pins ?? DEFAULT_PINS),
    pictures: config.pictures ?? [],
    allow: config.allow ?? [],
    entries: config.entries ?? [],
    check: config.check ?? {},
    rollout: config.rollout ?? {},
  };
}
