import { identities } from './identities.ts';
import type { Lookup } from './intrinsics.ts';
import { shortNames } from './short-names.ts';
import { BrokenTemplate, resourcesOf, type Template } from './template.ts';
import { TemplateValue } from './template-value.ts';

/** A resource of the template under its local name. */
export type NamedResource = Readonly<{
  logicalId: string;
  /** See short-names.ts. */
  name: string;
  /** The value of `Ref`. */
  ref: string;
  properties: TemplateValue;
  /** The value of `Fn::GetAtt`. */
  attribute: (name: string) => string;
}>;

/** A template's resources by type. */
export type Resources = Readonly<{ of: (type: string) => readonly NamedResource[] }>;

export const readResources = (template: Template): Resources => {
  const names = shortNames(template);
  const lookup: Lookup = identities(template, names);
  return {
    of: (type) =>
      resourcesOf(template, type).map(([logicalId, { Properties }]) => ({
        logicalId,
        name: names.get(logicalId) ?? logicalId,
        ref: String(lookup.ref(logicalId) ?? logicalId),
        properties: new TemplateValue(Properties ?? {}, lookup, logicalId),
        attribute: (name) => {
          const value = lookup.attribute(logicalId, name);
          if (value === undefined) throw new BrokenTemplate(logicalId, `has no ${name} here`);
          return String(value);
        },
      })),
  };
};
