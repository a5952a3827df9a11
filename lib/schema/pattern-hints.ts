/** How to fix a text that a pattern of Flux's schemas refuses. */
export function patternHint(pattern: string, text: string): string | undefined {
  const units = /\(((?:ms|s|m|h)(?:\|(?:ms|s|m|h))*)\)\)\+\$$/.exec(pattern)?.[1]?.split('|');
  if (units) return durationHint(units, text);
  const schemes = /^\^(?:\(([a-z|]+)\)|([a-z]+\??)):\/\//.exec(pattern);
  if (schemes)
    return schemeHint((schemes[1] ?? schemes[2]!.replace('https?', 'http|https')).split('|'), text);
  return undefined;
}

function durationHint(units: readonly string[], text: string): string {
  if (!units.includes('h') && /^\d+(\.\d+)?h/.test(text)) {
    const hours = /^(\d+)h$/.exec(text)?.[1];
    const minutes = hours === undefined ? '60m' : `${Number(hours) * 60}m`;
    return `this field does not support hours: write minutes, for example ${JSON.stringify(minutes)}`;
  }
  return `write a duration such as "10m" or "1m30s"; the units are ${units.join(', ')}`;
}

function schemeHint(schemes: readonly string[], text: string): string {
  const scp = /^(?:([\w.-]+)@)?([\w.-]+):(?!\/\/)(.+)$/.exec(text);
  if (scp && schemes.includes('ssh')) {
    return `write it as ${JSON.stringify(`ssh://${scp[1] ?? 'git'}@${scp[2]}/${scp[3]!.replace(/^\/+/, '')}`)}`;
  }
  return `start it with ${schemes.map((scheme) => JSON.stringify(`${scheme}://`)).join(' or ')}`;
}
