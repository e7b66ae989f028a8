/** A context value as it was meant, or what it must be, to be read after "it must be". */
export type Parsed<T> = Readonly<{ value: T }> | Readonly<{ must: string }>;

/** Reads one context value: from `-c` always text, from cdk.json any JSON. */
export type Parser<T> = (given: unknown) => Parsed<T>;

/** `true` or `false`, also as text. */
export const flag: Parser<boolean> = (given) =>
  given === true || given === 'true'
    ? { value: true }
    : given === false || given === 'false'
      ? { value: false }
      : { must: 'true or false' };

/** Text of one shape, spaces around it left out; `what` names the shape with an example. */
export const text =
  (shape: RegExp, what: string): Parser<string> =>
  (given) =>
    typeof given === 'string' && shape.test(given.trim()) ? { value: given.trim() } : { must: what };

/** A whole number from `least` to `most`, also as text; `unit` follows the numbers in the complaint. */
export const wholeNumber =
  (least: number, most: number, unit: string): Parser<number> =>
  (given) => {
    const value = digits(given);
    return value !== undefined && value >= least && value <= most
      ? { value }
      : { must: `a whole number of ${unit} from ${least} to ${most}` };
  };

/** One of the numbers given, also as text. */
export const oneOf =
  (numbers: readonly number[], what: string): Parser<number> =>
  (given) => {
    const value = digits(given);
    return value !== undefined && numbers.includes(value) ? { value } : { must: what };
  };

/** One of the words given. */
export const word =
  <Word extends string>(words: readonly Word[], what: string): Parser<Word> =>
  (given) => {
    const value = words.find((one) => typeof given === 'string' && given.trim() === one);
    return value === undefined ? { must: what } : { value };
  };

/** A list, as a JSON array or as text with commas between; repeats are left out. */
export const listOf =
  (item: Parser<string>, most: number): Parser<readonly string[]> =>
  (given) => {
    const items = typeof given === 'string' ? given.split(',').map((part) => part.trim()) : given;
    if (!Array.isArray(items) || items.length > most) return { must: `a list of at most ${most}, with commas between` };
    const parsed = items.map(item);
    const wrong = parsed.find((part) => 'must' in part);
    if (wrong) return { must: `a list with commas between, each item ${wrong.must}` };
    return { value: [...new Set(parsed.flatMap((part) => ('value' in part ? [part.value] : [])))] };
  };

const digits = (given: unknown): number | undefined => {
  if (typeof given === 'string') return /^\d{1,9}$/.test(given.trim()) ? Number(given) : undefined;
  return typeof given === 'number' && Number.isInteger(given) ? given : undefined;
};
