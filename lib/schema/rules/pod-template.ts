import { nearestHint } from '../../findings/nearest-name';
import { hasMark } from '../../kinds/apply-marks';
import { podSpecPath } from '../../kinds/pod-spec';
import { isMap, listOf, mapOf, valueAt, type PlainMap } from '../../plain/plain-data';
import type { Report } from '../report';
import { valuesAt, type ObjectRule } from './object-rule';

/** Kinds whose selector has to match the labels of their own Pods. */
const SELECTING = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/**
 * Pods that the selector of their workload does not match, and containers that mount what their Pod does not have, or whose
 * image cannot be pulled because of its name.
 */
export function podTemplate(group: string, kind: string): ObjectRule | undefined {
  const path = podSpecPath(group, kind)?.join('.');
  if (path === undefined || kind === 'ReplicationController') return undefined;
  return (object, report) => {
    // Flux adds such an object to one that is in the cluster, which may have the rest.
    if (hasMark(object.metadata, 'ssa', 'Merge')) return;
    if (SELECTING.has(kind)) checkSelector(kind, object, report);
    checkMounts(path, object, report);
    checkImages(path, object, report);
  };
}

function checkSelector(kind: string, object: Parameters<ObjectRule>[0], report: Report): void {
  const selector = valueAt(object, 'spec', 'selector');
  if (isMap(selector) && isEmpty(selector)) {
    report.add(
      {
        code: 'schema-rule',
        message: `the selector of the ${kind} is empty; the API server refuses that`,
        hint: 'set matchLabels to labels of its Pods',
      },
      'spec',
      'selector',
    );
    return;
  }
  const wanted = mapOf(valueAt(selector, 'matchLabels'));
  const template = valueAt(object, 'spec', 'template');
  if (!isMap(template)) return;
  const labels = mapOf(valueAt(template, 'metadata', 'labels'));
  for (const [key, value] of Object.entries(wanted)) {
    const own = labels[key];
    // A value of another type is refused for that.
    if (own === value || typeof value !== 'string' || (own !== undefined && typeof own !== 'string'))
      continue;
    if ([key, value, own, ...Object.keys(labels)].some((text) => report.isPlaceholder(text))) continue;
    const label = JSON.stringify(`${key}: ${value}`);
    report.add(
      {
        code: 'schema-rule',
        message: `the selector of the ${kind} requires the label ${label}, but its Pods ${own === undefined ? 'do not have it' : `have ${JSON.stringify(own)}`}; the API server refuses that`,
        hint: 'use the same labels in spec.selector.matchLabels and spec.template.metadata.labels',
      },
      'spec',
      'selector',
      'matchLabels',
      key,
    );
  }
}

/** Whether a selector has no condition; fields of another type are refused for that. */
function isEmpty({ matchLabels, matchExpressions }: PlainMap): boolean {
  return [matchLabels, matchExpressions].every(
    (field) =>
      field === undefined || field === null || (typeof field === 'object' && Object.keys(field).length === 0),
  );
}

function checkMounts(path: string, object: Parameters<ObjectRule>[0], report: Report): void {
  const volumes = new Set([
    ...valuesAt(object, `${path}.volumes[].name`).map(({ value }) => value),
    ...listOf(valueAt(object, 'spec', 'volumeClaimTemplates')).map((claim) =>
      valueAt(claim, 'metadata', 'name'),
    ),
  ]);
  if ([...volumes].some((name) => report.isPlaceholder(name))) return;
  const known = [...volumes].filter((name) => typeof name === 'string');
  for (const list of ['initContainers', 'containers']) {
    for (const { value, path: where } of valuesAt(object, `${path}.${list}[].volumeMounts[].name`)) {
      if (typeof value !== 'string' || volumes.has(value) || report.isPlaceholder(value)) continue;
      report.add(
        {
          code: 'schema-rule',
          got: JSON.stringify(value),
          message: `the Pod has no volume ${JSON.stringify(value)}, so it cannot be created`,
          hint: nearestHint(value, known, 'correct the name, or add the volume'),
        },
        ...where,
      );
    }
  }
}

function checkImages(path: string, object: Parameters<ObjectRule>[0], report: Report): void {
  for (const list of ['initContainers', 'containers']) {
    for (const { value, path: where } of valuesAt(object, `${path}.${list}[].image`)) {
      if (typeof value !== 'string' || report.isPlaceholder(value) || /[<>{}$%]/.test(value)) continue;
      const problem = imageProblem(value);
      if (problem) report.add({ code: 'image-invalid', got: JSON.stringify(value), ...problem }, ...where);
    }
  }
}

/** Why no image can have a name; the rest of its grammar is left to the registry. */
function imageProblem(image: string): { readonly message: string; readonly hint: string } | undefined {
  if (/\s/.test(image.trim()))
    return {
      message: 'the Pod cannot start, because an image name must not contain blanks',
      hint: 'remove what does not belong to the name',
    };
  const repository = repositoryOf(image);
  if (repository === repository.toLowerCase()) return undefined;
  return {
    message: 'the Pod cannot start, because an image name must not contain capital letters',
    hint: `write ${JSON.stringify(image.replace(repository, repository.toLowerCase()))}`,
  };
}

/** The name of an image without its registry, tag and digest. */
function repositoryOf(image: string): string {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  const isRegistry = first === 'localhost' || /[.:A-Z]/.test(first);
  const [repository = ''] = (isRegistry ? image.slice(slash + 1) : image).split(/[:@]/);
  return repository;
}
