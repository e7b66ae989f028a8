import type { ParameterError } from '../../http/problem.ts';
import type { UnusableItem } from '../../http/schema.ts';
import type { TemplateValues } from '../email/template.ts';

/** A recipient as given in a request. */
export type GivenRecipient = Readonly<{
  email: string;
  values?: TemplateValues | undefined;
  skip?: string | undefined;
  /** What is wrong with the entry itself: the status of its email, and the reason as a sentence without a full stop. */
  unusable?: Readonly<{ status: 'invalid_address' | 'skipped' | 'failed_rendering'; reason: string }> | undefined;
}>;

/** An entry of a request's recipients: valid by the contract, or not. */
export type RecipientEntry = Omit<GivenRecipient, 'unusable'> | UnusableItem;

/**
 * Reads an entry as a recipient. An email to an invalid one is not sent: without a valid address it is `invalid_address`,
 * with a `skip` of any type it is `skipped`, else it is `failed_rendering`.
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

/** The errors of the entries of a request, by their index in it; `undefined` if there are none. */
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

/** The answer is stored for a day in a DynamoDB item, which holds 400 KB. */
const MOST_ERRORS = 100;
