import type { OwnFindingInput } from '../findings/finding';
import { nearestName } from '../findings/nearest-name';
import type { Pins } from './pins';

/** What is wrong where code asks for the value of a pin that the file does not have for a ring. */
export function missingPin(pins: Pins, pin: string, ring: string): OwnFindingInput {
  const { file } = pins;
  const isKnown = pins.valuesOf(pin) !== undefined;
  const meant = isKnown ? undefined : nearestName(pin, pins.names);
  const entry = `pins: { ${pin}: { ${ring}: ... } }`;
  return {
    code: 'pin-missing',
    message: isKnown
      ? `the pin ${JSON.stringify(pin)} has no value for the ring ${JSON.stringify(ring)}`
      : `there is no pin ${JSON.stringify(pin)}`,
    hint: isKnown
      ? `deploy only to rings that have it, or bring it on: npx cdk8s-flux promote ${pin}`
      : meant === undefined
        ? `add it to ${file}: ${entry}`
        : `did you mean ${JSON.stringify(meant)}?`,
    locations: [{ file }],
  };
}
