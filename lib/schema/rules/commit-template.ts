import { IMAGE_GROUP } from '../../kinds/groups';
import { textsAt, type ObjectRule } from './object-rule';

/** The template data lost `.Updated` with the v1 API (https://fluxcd.io/flux/components/image/imageupdateautomations/). */
export const commitTemplate: ObjectRule = (object, report) => {
  for (const { text, path } of textsAt(object, 'spec.git.commit.messageTemplate', report)) {
    if (!/\{\{(?:(?!\{\{)[^}])*\.Updated\b/.test(text)) continue;
    report.add(
      {
        code: 'commit-template-invalid',
        message: `the template uses .Updated, which ${IMAGE_GROUP}/v1 no longer has`,
        hint: 'use .Changed: {{ range .Changed.Changes }}{{ .OldValue }} -> {{ .NewValue }}{{ end }}',
      },
      ...path,
    );
  }
};
