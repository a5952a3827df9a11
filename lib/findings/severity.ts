/** The severity of a finding. If there are errors, synth writes nothing. */
export type Severity = 'error' | 'warning' | 'info';
