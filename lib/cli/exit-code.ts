/** The exit codes of every command. */
export const EXIT = {
  /** All is well. */
  clean: 0,
  /** There are findings or differences. */
  findings: 1,
  /** The command could not run: wrong usage, an unusable configuration, a fault. */
  failed: 2,
} as const;
