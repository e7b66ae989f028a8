/**
 * CloudWatch's metric math (CloudWatch guide, using-metric-math), limited to what the alarms use: arithmetic,
 * comparison, AND, OR, IF, FILL and DIFF over series of one length. A period without a value is `undefined`, and so is
 * every result calculated from it.
 */
export type Series = readonly (number | undefined)[];

type Operator = (one: number, other: number) => number | undefined;

/** By precedence, lowest first. */
const OPERATORS: readonly Readonly<Record<string, Operator>>[] = [
  { OR: (a, b) => Number(a !== 0 || b !== 0) },
  { AND: (a, b) => Number(a !== 0 && b !== 0) },
  {
    '>': (a, b) => Number(a > b),
    '>=': (a, b) => Number(a >= b),
    '<': (a, b) => Number(a < b),
    '<=': (a, b) => Number(a <= b),
    '==': (a, b) => Number(a === b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? undefined : a / b) },
];

const FUNCTIONS: Readonly<Record<string, (...given: readonly Series[]) => Series>> = {
  FILL: (series = [], filler = []) => series.map((value, index) => value ?? filler[index]),
  DIFF: (series = []) => series.map((value, index) => applied((a, b) => a - b, value, series[index - 1])),
  IF: (condition = [], yes = [], no = []) =>
    condition.map((value, index) => (value === undefined ? undefined : value !== 0 ? yes[index] : no[index])),
};

/** Evaluates an expression over named series of `length` periods. @throws Error on unsupported syntax */
export const evaluate = (expression: string, named: (id: string) => Series, length: number): Series => {
  const tokens = expression.match(/\d+(?:\.\d+)?|\w+|[<>=]=|[-+*/<>(),]/g) ?? [];
  if (tokens.join('') !== expression.replaceAll(' ', '')) throw new Error(`not understood: ${expression}`);
  let at = 0;
  const expect = (token: string) => {
    if (tokens[at++] !== token) throw new Error(`${token} expected in ${expression}`);
  };

  const operation = (level: number): Series => {
    const operators = OPERATORS[level];
    if (operators === undefined) return operand();
    let left = operation(level + 1);
    for (let operator = operators[tokens[at] ?? '']; operator; operator = operators[tokens[at] ?? '']) {
      const apply = operator;
      at += 1;
      const right = operation(level + 1);
      left = left.map((value, index) => applied(apply, value, right[index]));
    }
    return left;
  };

  const operand = (): Series => {
    const token = tokens[at++] ?? '';
    if (/^\d/.test(token)) return Array(length).fill(Number(token));
    if (token === '(') {
      const inner = operation(0);
      expect(')');
      return inner;
    }
    if (tokens[at] !== '(') return named(token);
    const of = FUNCTIONS[token];
    if (!of) throw new Error(`no function ${token}`);
    const given: Series[] = [];
    do {
      at += 1;
      given.push(operation(0));
    } while (tokens[at] === ',');
    expect(')');
    return of(...given);
  };

  const result = operation(0);
  if (at !== tokens.length) throw new Error(`more than one expression: ${expression}`);
  return result;
};

const applied = (operator: Operator, a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : operator(a, b);
