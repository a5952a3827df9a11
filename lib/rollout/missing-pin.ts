import type { OwnFindingInput } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import type { Pins } from './pins';

/** What is wrong where code asks for the value of a pin that the file does not have for a ring. */
export function missingPin(pins: Pins, pin: string, ring: string): OwnFindingInput {
  const { file } = pins;
  const isKnown = pins.valuesOf(pin) !== undefined;
  const entry = `pins: { ${pin}: { ${ring}: ... } }`;
  return {
    code: 'pin-missing',
    message: isKnown
      ? `the pin ${JSON.stringify(pin)} has no value for the ring ${JSON.stringify(ring)}`
      : `there is no pin ${JSON.stringify(pin)}`,
    hint: isKnown
      ? `deploy only to rings that have it, or promote it: npx cdk8s-flux promote ${pin}`
      : nearestHint(pin, pins.names, `add it to ${file}: ${entry}`),
    locations: [{ file }],
  };
}
