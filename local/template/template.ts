import { CannotStart } from '../process/cannot-start.ts';

/** A CloudFormation template, as far as the local stack reads one. */
export type Template = Readonly<{
  Parameters?: Readonly<Record<string, Readonly<{ Default?: unknown }>>>;
  Resources: Readonly<Record<string, Resource>>;
}>;

export type Resource = Readonly<{
  Type: string;
  Properties?: Readonly<Record<string, unknown>>;
  Metadata?: Readonly<Record<string, unknown>>;
}>;

/** Something in the template that the local stack needs and cannot make sense of; `where` names the resource. */
export class BrokenTemplate extends CannotStart {
  constructor(where: string, problem: string) {
    super(`the template cannot run here: ${where} ${problem}.`);
  }
}

/** Logical ids and resources of one type, in the template's order. */
export const resourcesOf = (template: Template, type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
