import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** Creates a construct in another file than its caller. */
export function makeConfigMap(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap' });
}
