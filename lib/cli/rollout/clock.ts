import type { Io } from '../io';

/** The time at which a command runs. */
export function nowOf(io: Io): Date {
  return io.now?.() ?? new Date();
}

/** The day on which a command runs, as `YYYY-MM-DD` in UTC. */
export function todayOf(io: Io): string {
  return nowOf(io).toISOString().slice(0, 10);
}
