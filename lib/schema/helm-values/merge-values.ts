import { isMap } from '../../plain/plain-data';
type Fields = Readonly<Record<string, unknown>>;

/**
 * A chart's values with those of a release put in, as Helm does it: maps are merged, everything else is replaced, and
 * `null` removes.
 *
 * @see https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key
 */
export function mergeValues(defaults: Fields, values: Fields): Fields {
  const result: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(values)) {
    const before = result[key];
    if (value === null || value === undefined) delete result[key];
    else if (isMap(value)) result[key] = mergeValues(isMap(before) ? before : {}, value);
    else result[key] = value;
  }
  return result;
}
