import { SopsSecret } from '../delivery/sops-secret';
import { formatFinding } from '../findings/format';
import { enclosingDirectory, authorView } from '../flux/directory';
import { decrypts } from '../sops/decryption-guard';
import { requireConstruct, resultOf, type MatcherContext, type MatcherResult } from './matcher';
import { PlannedApp } from './planned-app';

/** Whether Flux can decrypt the secrets of a scope. See `FluxMatchers`. */
export function toBeDecryptable(this: MatcherContext, received: unknown): MatcherResult {
  const scope = requireConstruct(received, 'toBeDecryptable');
  const app = PlannedApp.of(scope);
  const secrets = scope.node.findAll().filter((construct) => SopsSecret.isSopsSecret(construct));
  if (secrets.length === 0)
    return resultOf(
      [`there is no SopsSecret in ${scope.node.path || 'the app'}, so there is nothing to decrypt`],
      '',
    );
  const undecrypted = secrets.flatMap((secret) => undecryptedBy(app, secret));
  const found = app.inspectSecrets(new Set(secrets)).map(formatFinding);
  const count = secrets.length === 1 ? 'the secret' : `all ${secrets.length} secrets`;
  return resultOf([...undecrypted, ...found], `Flux can decrypt ${count}`);
}

/** Reports a secret that the Kustomization which applies it does not decrypt. */
function undecryptedBy(app: PlannedApp, secret: SopsSecret): string[] {
  const { kustomization } = enclosingDirectory(secret) ?? {};
  // We cannot judge what Flux does not apply, or what a Kustomization of another repository applies.
  if (kustomization === undefined) return [];
  const path = authorView(kustomization).node.path;
  const applying = app.documents.find(
    ({ object, constructPath }) => object.kind === 'Kustomization' && constructPath === path,
  );
  return applying && !decrypts(applying.object)
    ? [
        `${app.where(secret.node.path)}: the Kustomization of ${path} has no spec.decryption, so Flux does not decrypt it`,
      ]
    : [];
}
