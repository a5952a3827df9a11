/** The exit codes of every command. */
export const EXIT = {
  /** Success. */
  clean: 0,
  /** There are findings or differences. */
  findings: 1,
  /** The command could not run: wrong usage, an invalid configuration, a defect. */
  failed: 2,
} as const;
