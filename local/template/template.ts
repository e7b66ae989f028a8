import { CannotStart } from '../process/cannot-start.ts';

/** A CloudFormation template; only the parts the local stack reads. */
export type Template = Readonly<{
  Parameters?: Readonly<Record<string, Readonly<{ Default?: unknown }>>>;
  Resources: Readonly<Record<string, Resource>>;
}>;

export type Resource = Readonly<{
  Type: string;
  Properties?: Readonly<Record<string, unknown>>;
  Metadata?: Readonly<Record<string, unknown>>;
}>;

/** A part of the template that the local stack needs and cannot read; `where` names the resource. */
export class BrokenTemplate extends CannotStart {
  constructor(where: string, problem: string) {
    super(`the template cannot run here: ${where} ${problem}.`);
  }
}

/** Logical ids and resources of one type, in the template's order. */
export const resourcesOf = (template: Template, type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
