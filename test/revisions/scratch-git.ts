import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasTool } from '../tools/find-tool';

/** Whether this machine has git. */
export const hasGit = hasTool('git', '--version');

const folders: string[] = [];

/** Removes all scratch repositories. */
export function removeScratch(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A git repository in its own folder, on the branch `main`. */
export class ScratchGit {
  static init(): ScratchGit {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-git-')));
    folders.push(folder);
    const repository = new ScratchGit(folder);
    repository.git('init', '--quiet', '--initial-branch=main');
    return repository;
  }

  /** A clone of a repository, with more options of `git clone`. */
  static clone(from: ScratchGit, ...options: string[]): ScratchGit {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-clone-')));
    folders.push(folder);
    const repository = new ScratchGit(folder);
    repository.git('clone', '--quiet', ...options, `file://${from.folder}`, '.');
    return repository;
  }

  private time?: string;

  private constructor(readonly folder: string) {}

  /** Runs git, and returns its output. */
  git(...args: string[]): string {
    const identity = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgsign=false',
    ];
    return execFileSync('git', ['-C', this.folder, ...identity, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...(this.time !== undefined && { GIT_COMMITTER_DATE: this.time }) },
    }).trim();
  }

  /** Writes files; `undefined` removes one. */
  write(files: Readonly<Record<string, string | undefined>>): this {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path);
      if (text === undefined) rmSync(file);
      else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
    return this;
  }

  /** Commits everything at a given time. */
  commitAt(time: string, files: Readonly<Record<string, string | undefined>> = {}): string {
    this.time = time;
    const id = this.commit(files);
    this.time = undefined;
    return id;
  }

  /** Commits everything, and returns the commit's id. */
  commit(files: Readonly<Record<string, string | undefined>> = {}): string {
    this.write(files).git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', 'a change');
    return this.git('rev-parse', 'HEAD');
  }
}
