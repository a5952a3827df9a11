import { join, relative } from 'node:path';
import type { Project } from '../../config/project';
import { realPath } from '../../config/real-path';
import { fail, FindingsError, throwErrors } from '../../findings/findings-error';
import { fileVersions } from '../../revisions/file-history';
import { Git } from '../../revisions/git';
import { FETCH_ALL, isShallow, mainBranch, resolveRevision } from '../../revisions/resolve-revision';
import { rolloutFiles, type FleetFacts } from '../../rollout/fleet-file';
import { isFleetFile, parseFleet } from '../../rollout/parse-fleet';
import type { Pins } from '../../rollout/pins';
import { PinsHistory } from '../../rollout/pins-history';
import { readPins } from '../../rollout/read-pins';
import type { RolloutState } from '../../rollout/rollout-state';
import { readFile } from '../../tree/read-file';
import type { Io } from '../io';
import { openProject } from '../load-project';
import { withSlashes } from '../../plain/with-slashes';

/** A fleet in a working tree. */
export interface OpenRollout {
  readonly project: Project;
  readonly fleet: FleetFacts;
  readonly pins: Pins;
  readonly git: Git;
  /** The pins file from the top of git's repository. */
  readonly gitPath: string;
}

/**
 * Reads what the working tree says of a fleet.
 *
 * @throws FindingsError `fleet-missing`, `fleet-file-invalid`, `git-repository-missing`, and what is wrong with the pins
 */
export function openRollout(io: Io, dir: string): OpenRollout {
  const project = openProject(io.cwd, dir);
  const fleet = readFleet(project);
  const { pins, findings } = readPins(project.root, project.pins);
  throwErrors(findings);
  const git = Git.of(project.root, io.env);
  const gitPath = withSlashes(relative(realPath(git.top), join(realPath(project.root), project.pins)));
  return { project, fleet, pins, git, gitPath };
}

function readFleet(project: Project): FleetFacts {
  const places = rolloutFiles(project).fleet;
  for (const place of places) {
    const { bytes, problem } = readFile(join(project.root, place), { refuseLinks: true });
    if (problem && !problem.isMissing) {
      fail({
        code: 'fleet-file-invalid',
        message: `${JSON.stringify(place)} ${problem.message}`,
        hint: 'run npx cdk8s-flux synth, which writes it',
        locations: [{ file: place }],
      });
    }
    const text = bytes?.toString('utf8') ?? '';
    if (!isFleetFile(text)) continue;
    const { fleet, problem: fault } = parseFleet(text, place);
    if (fault) throw new FindingsError([fault]);
    return fleet;
  }
  return fail({
    code: 'fleet-missing',
    message: `found no fleet file: ${places.map((place) => JSON.stringify(place)).join(' or ')}`,
    hint: 'describe the fleet in code, and run npx cdk8s-flux synth',
  });
}

/**
 * The pins on the branch that Flux applies.
 *
 * @throws FindingsError `history-shallow`, `main-branch-missing`, `revision-missing`
 */
export function mainPins(
  { git, gitPath, pins }: OpenRollout,
  branch: string | undefined,
): RolloutState['main'] {
  const revision = branch === undefined ? mainBranch(git) : resolveRevision(git, branch);
  if (!revision) {
    fail({
      code: 'main-branch-missing',
      message: 'found no main branch: none of origin/HEAD, origin/main, origin/master, main, master',
      hint: 'fetch the main branch, or set the branch that Flux applies, for example --branch live',
    });
  }
  if (isShallow(git)) {
    fail({
      code: 'history-shallow',
      message: 'the clone is shallow, so it is not known how long a ring has had its value',
      hint: FETCH_ALL,
    });
  }
  const history = new PinsHistory(fileVersions(git, revision.commit, gitPath), pins.file);
  return { name: revision.name, history };
}
