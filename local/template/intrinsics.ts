import { LOCAL_ACCOUNT, LOCAL_REGION } from '../process/local-dynamodb.ts';
import { BrokenTemplate } from './template.ts';

/** The local values of `Ref` and `Fn::GetAtt` of a logical id; `undefined` if there is no such resource. */
export type Lookup = Readonly<{
  ref: (logicalId: string) => unknown;
  attribute: (logicalId: string, attribute: string) => unknown;
}>;

/**
 * Evaluates CloudFormation's functions in a value, at every depth: Ref, Fn::GetAtt, Fn::Join, Fn::Sub, Fn::Select and
 * Fn::Split. A property that is AWS::NoValue is left out.
 *
 * @param where the value's name in messages, such as `Queue1234.RedrivePolicy`
 * @throws BrokenTemplate on any other function, and on a reference to something that does not exist
 */
export const resolve = (value: unknown, lookup: Lookup, where: string): unknown => {
  const deeper = (inner: unknown) => resolve(inner, lookup, where);
  if (Array.isArray(value)) return value.map(deeper).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  if (isCall(value)) return call(Object.keys(value)[0] ?? '', Object.values(value)[0], lookup, where);
  const resolved = Object.entries(value).map(([key, inner]) => [key, deeper(inner)] as const);
  return Object.fromEntries(resolved.filter(([, inner]) => inner !== undefined));
};

/** Whether a value is a call of one of CloudFormation's functions. */
export const isCall = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [name = '', ...others] = Object.keys(value);
  return others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
};

const call = (name: string, argument: unknown, lookup: Lookup, where: string): unknown => {
  const broken = (problem: string): never => {
    throw new BrokenTemplate(where, problem);
  };
  const given = (): readonly unknown[] => {
    const list = resolve(argument, lookup, where);
    return Array.isArray(list) ? list : broken(`gives ${name} something other than a list`);
  };
  switch (name) {
    case 'Ref':
      return reference(String(argument), lookup, where);
    case 'Fn::GetAtt': {
      const [id, ...rest] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
      return attribute(id ?? '', rest.join('.'), lookup, where);
    }
    case 'Fn::Join': {
      const [delimiter, parts] = given();
      if (!Array.isArray(parts)) return broken('gives Fn::Join something other than a list');
      return parts.map(String).join(String(delimiter));
    }
    case 'Fn::Split': {
      const [delimiter, text] = given();
      return String(text).split(String(delimiter));
    }
    case 'Fn::Select': {
      const [index, list] = given();
      const chosen = Array.isArray(list) ? list[Number(index)] : undefined;
      return chosen ?? broken(`selects number ${String(index)} of a list that does not have it`);
    }
    case 'Fn::Sub':
      return substitute(argument, lookup, where);
    default:
      return broken(`uses ${name}, which is not supported here`);
  }
};

// AWS::NoValue resolves to `undefined`, which is left out.
const PSEUDO: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': LOCAL_ACCOUNT,
  'AWS::Region': LOCAL_REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'local',
  'AWS::StackId': `arn:aws:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stack/local/local`,
  'AWS::NoValue': undefined,
};

const reference = (name: string, lookup: Lookup, where: string): unknown => {
  if (Object.hasOwn(PSEUDO, name)) return PSEUDO[name];
  const value = lookup.ref(name);
  if (value === undefined) throw new BrokenTemplate(where, `refers to ${name}, which is not known here`);
  return value;
};

const attribute = (id: string, name: string, lookup: Lookup, where: string): unknown => {
  const value = lookup.attribute(id, name);
  if (value === undefined) throw new BrokenTemplate(where, `uses ${name} of ${id}, which is not known here`);
  return value;
};

const substitute = (argument: unknown, lookup: Lookup, where: string): string => {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = resolve(variables ?? {}, lookup, where) as Readonly<Record<string, unknown>>;
  return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(own, name)) return String(own[name]);
    const [id, ...rest] = name.split('.');
    const value = rest.length > 0 ? attribute(id ?? '', rest.join('.'), lookup, where) : reference(name, lookup, where);
    return String(value);
  });
};
