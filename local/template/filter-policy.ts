import type { TemplateValue } from './template-value.ts';

/** Whether a message matches a subscription. */
export type FilterPolicy = (message: FilteredMessage) => boolean;
export type FilteredMessage = Readonly<{ body: string; attributes: Readonly<Record<string, string>> }>;

type Condition = (given: unknown) => boolean;

/**
 * Reads an SNS filter policy (SNS guide, sns-subscription-filter-policies): every key must hold one of its values.
 * Supported are plain values and the operators prefix, suffix, equals-ignore-case, anything-but, exists and numeric.
 *
 * @throws BrokenTemplate on any other operator
 */
export const readFilterPolicy = (policy: TemplateValue, scope: TemplateValue): FilterPolicy => {
  const matches = readObject(policy, policy.value());
  if (scope.given && scope.text() === 'MessageBody') return ({ body }) => matches(parsed(body));
  return ({ attributes }) => matches(attributes);
};

const readObject = (policy: TemplateValue, value: unknown): Condition => {
  const keys = Object.entries(value as object).map(([key, inner]) => {
    const condition = Array.isArray(inner)
      ? anyOf(inner.map((one) => readCondition(policy, one)))
      : readObject(policy, inner);
    return [key, condition] as const;
  });
  return (given) =>
    keys.every(([key, condition]) => condition((given as Readonly<Record<string, unknown>> | null)?.[key]));
};

// A list in the message matches if one of its members does.
const anyOf =
  (conditions: readonly Condition[]): Condition =>
  (given) =>
    (Array.isArray(given) ? given : [given]).some((one) => conditions.some((condition) => condition(one)));

const readCondition = (policy: TemplateValue, condition: unknown): Condition => {
  if (typeof condition !== 'object' || condition === null) return (given) => given === condition;
  const [[operator = '', operand] = []] = Object.entries(condition);
  switch (operator) {
    case 'exists':
      return (given) => (given !== undefined) === operand;
    case 'prefix':
      return (given) => typeof given === 'string' && given.startsWith(String(operand));
    case 'suffix':
      return (given) => typeof given === 'string' && given.endsWith(String(operand));
    case 'equals-ignore-case':
      return (given) => typeof given === 'string' && given.toLowerCase() === String(operand).toLowerCase();
    case 'anything-but': {
      const unwanted = (Array.isArray(operand) ? operand : [operand]).map((one) => readCondition(policy, one));
      return (given) => given !== undefined && !unwanted.some((unwantedOne) => unwantedOne(given));
    }
    case 'numeric':
      return readComparison(policy, operand);
    default:
      throw policy.broken(`uses the operator "${operator}", which is not supported here`);
  }
};

const COMPARISONS: Readonly<Record<string, (given: number, bound: number) => boolean>> = {
  '=': (given, bound) => given === bound,
  '<': (given, bound) => given < bound,
  '<=': (given, bound) => given <= bound,
  '>': (given, bound) => given > bound,
  '>=': (given, bound) => given >= bound,
};

/** `[">=", 0, "<", 10]` */
const readComparison = (policy: TemplateValue, operand: unknown): Condition => {
  const parts = Array.isArray(operand) ? operand : [];
  const comparisons = parts.flatMap((sign, index) => (index % 2 === 0 ? [{ sign, bound: parts[index + 1] }] : []));
  const checks = comparisons.map(({ sign, bound }) => {
    const compare = COMPARISONS[String(sign)];
    if (!compare || typeof bound !== 'number')
      throw policy.broken('compares numbers in a way that is not supported here');
    return (given: number) => compare(given, bound);
  });
  return (given) => typeof given === 'number' && checks.every((check) => check(given));
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
