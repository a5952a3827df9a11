/** How bad a finding is. Errors stop a synth before a byte is published. */
export type Severity = 'error' | 'warning' | 'info';
