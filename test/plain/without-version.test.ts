import { withoutVersion } from '../../lib/plain/without-version';

it.each([
  ['nginx', 'nginx'],
  ['nginx:1.27', 'nginx'],
  ['ghcr.io/org/app:1.2.3@sha256:0a1b', 'ghcr.io/org/app'],
  ['ghcr.io/org/app@sha256:0a1b', 'ghcr.io/org/app'],
  ['localhost:5000/app', 'localhost:5000/app'],
  ['localhost:5000/app:1', 'localhost:5000/app'],
  ['oci://ghcr.io/org/fleet:main', 'oci://ghcr.io/org/fleet'],
  ['', ''],
])('%j without its version is %j', (image, name) => {
  expect(withoutVersion(image)).toBe(name);
});
