import type { FindingCode } from '../../findings/codes';
import { finding, type Finding, type FindingInput, type FindingLocation } from '../../findings/finding';

/** A finding of a build. */
export interface BuildFinding extends Finding {
  /**
   * Whether it reports a path that does not exist and that is not a mistyped one: something may make it before the build.
   *
   * @default false
   */
  readonly mayBeMade?: boolean;
  /**
   * What Flux does if the file is at the path of a Kustomization. Flux writes the kustomization file there anew, so it accepts
   * some files that kustomize refuses.
   *
   * @default - Flux refuses the file there too
   */
  readonly atPath?: string;
}

/** What is known about a path that does not exist. */
export interface PathHelp {
  /** What to do about it. */
  readonly hint: string;
  /** Whether something may make it before the build. */
  readonly mayBeMade: boolean;
  /**
   * What to say about several of them for the same reason.
   *
   * @default - each has its own reason
   */
  readonly cause?: string;
}

/** Gathers what goes wrong in a build, so that one bad file does not hide the rest. */
export class BuildLog {
  /** What was found, in order. */
  readonly findings: BuildFinding[] = [];

  /** Notes an error that makes kustomize refuse the build. */
  error(
    code: FindingCode,
    message: string,
    location: FindingLocation,
    { mayBeMade, atPath, ...more }: Partial<FindingInput & PathHelp & Pick<BuildFinding, 'atPath'>> = {},
  ): void {
    const found = finding({ locations: [location], ...more, code, message });
    this.findings.push({ ...found, ...(mayBeMade && { mayBeMade }), ...(atPath && { atPath }) });
  }

  /** Notes something that kustomize accepts and that has no effect. */
  warning(
    code: FindingCode,
    message: string,
    location: FindingLocation,
    more: Partial<FindingInput> = {},
  ): void {
    this.findings.push(finding({ ...more, code, severity: 'warning', message, locations: [location] }));
  }

  /** Notes something that cannot be told from files. */
  info(
    code: FindingCode,
    message: string,
    location: FindingLocation,
    more: Partial<FindingInput> = {},
  ): void {
    this.findings.push(finding({ ...more, code, severity: 'info', message, locations: [location] }));
  }
}
