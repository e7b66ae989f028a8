import type { NamedResource, Resources } from './resources.ts';
import type { TemplateValue } from './template-value.ts';

/** A rule of EventBridge with a schedule, and the functions it calls. */
export type RuleBlueprint = Readonly<{
  name: string;
  arn: string;
  when: Recurrence;
  /** By ARN. */
  functions: readonly Readonly<{ function: string; input: string | undefined }>[];
}>;

/** Every so many milliseconds, or daily so many milliseconds after midnight UTC. */
export type Recurrence = Readonly<{ every: number } | { daily: number }>;

/** A template's rules that have a schedule and are enabled. Targets other than functions are left out. */
export const readRules = (resources: Resources): readonly RuleBlueprint[] => {
  const functions = new Set(resources.of('AWS::Lambda::Function').map((one) => one.attribute('Arn')));
  return resources
    .of('AWS::Events::Rule')
    .filter(({ properties }) => properties.at('ScheduleExpression').given && isEnabled(properties.at('State')))
    .map((rule) => readRule(rule, functions));
};

const isEnabled = (state: TemplateValue): boolean => !state.given || state.text() !== 'DISABLED';

const readRule = ({ name, attribute, properties }: NamedResource, functions: ReadonlySet<string>): RuleBlueprint => ({
  name,
  arn: attribute('Arn'),
  when: readRecurrence(properties.at('ScheduleExpression')),
  functions: properties
    .at('Targets')
    .items()
    .filter((target) => functions.has(target.at('Arn').text()))
    .map((target) => ({
      function: target.at('Arn').text(),
      input: target.at('Input').given ? target.at('Input').text() : undefined,
    })),
});

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = { minute: MINUTE, hour: 60 * MINUTE, day: 1_440 * MINUTE };

/** @throws BrokenTemplate on more than `rate(…)` and a `cron(…)` of one time a day */
const readRecurrence = (expression: TemplateValue): Recurrence => {
  const text = expression.text();
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (count !== undefined) return { every: Number(count) * (UNITS[unit] ?? MINUTE) };
  const [, minute, hour] = /^cron\((\d{1,2}) (\d{1,2}) (?:\* \* \?|\? \* \*) \*\)$/.exec(text) ?? [];
  if (minute !== undefined) return { daily: (60 * Number(hour) + Number(minute)) * MINUTE };
  throw expression.broken(`is ${text}: only rates, and one time a day, are supported here`);
};
