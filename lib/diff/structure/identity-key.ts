import { identityText } from '../../findings/object-name';
import { once } from '../../plain/once';

/** A text that is equal for one object, remembered: for few objects that are compared often. */
export const identityKey = once(identityText);
