/** An image or the address of an artifact, without its tag and digest. */
export function withoutVersion(image: string): string {
  const name = image.lastIndexOf('/') + 1;
  const end = image.slice(name).search(/[:@]/);
  return end < 0 ? image : image.slice(0, name + end);
}
