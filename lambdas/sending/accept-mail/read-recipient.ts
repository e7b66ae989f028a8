import type { ParameterError } from '../../http/problem.ts';
import type { UnusableItem } from '../../http/schema.ts';
import type { TemplateValues } from '../email/template.ts';

/** A recipient as the caller gave them. */
export type GivenRecipient = Readonly<{
  email: string;
  values?: TemplateValues | undefined;
  skip?: string | undefined;
  /** What is wrong with the entry itself: a status that it gets for that, and why, in a sentence without its full stop. */
  unusable?: Readonly<{ status: 'invalid_address' | 'skipped' | 'failed_rendering'; reason: string }> | undefined;
}>;

/** An entry of a request's recipients: as the contract has it, or another one. */
export type RecipientEntry = Omit<GivenRecipient, 'unusable'> | UnusableItem;

/**
 * An entry as a recipient. One of another shape is not sent, whatever else of it is right: without a usable address it is
 * `invalid_address`, with a `skip` of any kind it is `skipped`, else it cannot be rendered.
 */
export const readRecipient = (entry: RecipientEntry): GivenRecipient => {
  if (!('unusable' in entry)) return entry;
  const { unusable, texts } = entry;
  const wrongIn = (name: string) => unusable.find(({ parameter }) => parameter === name);
  const email = texts.email ?? '';
  const wrongEmail = wrongIn('email') ?? (texts.email === undefined ? unusable[0] : undefined);
  if (wrongEmail !== undefined)
    return { email, unusable: { status: 'invalid_address', reason: sentenceOf(wrongEmail) } };
  const wrongSkip = wrongIn('skip');
  if (wrongSkip !== undefined) return { email, unusable: { status: 'skipped', reason: sentenceOf(wrongSkip) } };
  if (texts.skip !== undefined) return { email, skip: texts.skip };
  const [first] = unusable;
  return {
    email,
    unusable: {
      status: 'failed_rendering',
      reason: first === undefined ? 'The recipient cannot be used' : sentenceOf(first),
    },
  };
};

const sentenceOf = ({ parameter, message }: ParameterError): string =>
  parameter === '' ? `The recipient ${message}` : `The recipient's ${parameter} ${message}`;

/** What is wrong with the entries of a request, by their index in it; `undefined` where nothing is. */
export const errorsOf = (entries: readonly RecipientEntry[]): readonly ParameterError[] | undefined => {
  const errors = entries.flatMap((entry, index) =>
    'unusable' in entry
      ? entry.unusable.map(({ parameter, message }) => ({
          parameter: `recipients[${index}]${parameter === '' ? '' : `.${parameter}`}`,
          message,
        }))
      : [],
  );
  if (errors.length === 0) return undefined;
  if (errors.length <= MOST_ERRORS) return errors;
  const message = `has ${errors.length - MOST_ERRORS} more errors than are named here`;
  return [...errors.slice(0, MOST_ERRORS), { parameter: 'recipients', message }];
};

/** The answer is kept for a day in an item of DynamoDB's, which holds 400 KB. */
const MOST_ERRORS = 100;
