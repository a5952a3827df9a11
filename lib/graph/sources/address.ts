/** Whether two addresses name one repository, over whatever protocol. */
export function sameAddress(a: string, b: string): boolean {
  return plainAddress(a) === plainAddress(b);
}

function plainAddress(url: string): string {
  return url
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}
