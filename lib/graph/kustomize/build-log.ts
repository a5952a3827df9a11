import type { FindingCode } from '../../findings/codes';
import { finding, type Finding, type FindingInput, type FindingLocation } from '../../findings/finding';

/** Gathers what goes wrong in a build, so that one bad file does not hide the rest. */
export class BuildLog {
  /** What was found, in order. */
  readonly findings: Finding[] = [];

  /** Notes an error that makes kustomize refuse the build. */
  error(
    code: FindingCode,
    message: string,
    location: FindingLocation,
    more: Partial<FindingInput> = {},
  ): void {
    this.findings.push(finding({ locations: [location], ...more, code, message }));
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
