import { dirname, resolve } from 'node:path';
import type { Allowance } from './allowance';
import { CDK8S_FILE, readCdk8sYaml, type Cdk8sYaml } from './cdk8s-yaml';
import type { CheckConfig } from './check-config';
import { DEFAULT_OUTPUT } from './config-schema';
import { findUpwards } from './find-upwards';
import type { FluxConfig, PictureConfig } from './flux-config';
import { findConfig } from './load-config';

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
  /** Pictures that synth keeps current. */
  readonly pictures: readonly PictureConfig[];
  /** The findings that are known and accepted. */
  readonly allow: readonly Allowance[];
  /** The paths that Flux starts from; empty where they are to be found. */
  readonly entries: readonly string[];
  /** How the repository is checked. */
  readonly check: CheckConfig;
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
  const cdk8sFile = findUpwards(CDK8S_FILE, from);
  const cdk8sFolder = cdk8sFile === undefined ? undefined : dirname(cdk8sFile);
  return {
    root: loaded?.root ?? cdk8sFolder ?? resolve(from),
    output: loaded?.output ?? DEFAULT_OUTPUT,
    configFile: loaded?.file,
    ...settingsOf(loaded?.config),
    cdk8s: cdk8sFolder === undefined ? undefined : readCdk8sYaml(cdk8sFolder),
  };
}

/** What the configuration says, or means by not saying it. */
function settingsOf(
  config: Partial<FluxConfig> = {},
): Pick<Project, 'namesOutput' | 'sopsRules' | 'pictures' | 'allow' | 'entries' | 'check'> {
  const { output, sopsRules = false, pictures = [], allow = [], entries = [], check = {} } = config;
  return { namesOutput: output !== undefined, sopsRules, pictures, allow, entries, check };
}
