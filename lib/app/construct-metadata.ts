import { ApiObject, type App } from 'cdk8s';
import { walk } from '../flux/walk';

/** What the cdk8s CLI's validation plugins use to name the construct of an object, in the form that it knows. */
export function constructMetadata(app: App): string {
  const resources: Record<string, { path: string }> = {};
  for (const construct of walk(app)) {
    if (ApiObject.isApiObject(construct)) resources[construct.name] = { path: construct.node.path };
  }
  return JSON.stringify({ version: '1.0.0', resources });
}
