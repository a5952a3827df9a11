const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whether a text has a format of the API server; formats that it does not check are always had. */
export function hasFormat(text: string, format: string): boolean {
  if (format === 'quantity') return QUANTITY.test(text);
  if (format === 'date-time') return DATE_TIME.test(text);
  // Go's decoder ignores line ends.
  if (format === 'byte') return BASE64.test(text.replace(/[\r\n]/g, ''));
  return true;
}

/** What a text of a format is. */
export function formatWords(format: string): string {
  if (format === 'quantity') return 'a quantity';
  if (format === 'date-time') return 'a time in the format of RFC 3339';
  return format === 'byte' ? 'base64' : `of the format ${format}`;
}

/** How to write a format. */
export function formatHint(format: string): string {
  if (format === 'quantity') return 'write a quantity such as "500m", "2" or "1Gi"';
  if (format === 'date-time') return 'write a time such as "2026-01-31T12:00:00Z"';
  return 'encode it as base64, or use stringData for plain text';
}
