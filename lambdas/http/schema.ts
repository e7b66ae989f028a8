import type { ParameterError } from './problem.ts';

/** The part of a parameter in openapi.json that requests are checked against. */
export type ParameterSchema = Readonly<{
  type: 'string' | 'integer' | 'boolean';
  required?: true;
  /** Of a field of a body: JSON's null means that it is not given. */
  nullable?: true;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  format?:
    | 'date-time'
    | 'mailtrail-address'
    | 'mailtrail-address-as-is'
    | 'mailtrail-cursor'
    | 'mailtrail-id'
    | FormatOfItsOwn;
  default?: string | number | boolean;
}>;

/** Formats that are parsed only by the functions with such fields: other bundles must not contain their libraries. */
export type FormatOfItsOwn = 'mailtrail-mailbox' | 'mailtrail-template' | 'mailtrail-one-line-template';

/**
 * What is wrong with a text in a format of a function's own, to be read after the field's name; `undefined` where
 * nothing is.
 */
export type OwnFormats = Readonly<
  Record<FormatOfItsOwn, (text: string) => string | undefined> & {
    /** Reads a map, which no other function has. */
    map: (schema: MapSchema, given: unknown) => CheckResult;
  }
>;

export type ParameterSchemas = Readonly<Record<string, ParameterSchema>>;

/** The same of a field of a body, which may also be a list, or an object in a list. */
export type FieldSchema =
  | ParameterSchema
  | Readonly<{
      type: 'array';
      required?: true;
      minItems: number;
      maxItems: number;
      items: FieldSchema;
      /**
       * An item that is wrong spoils only itself: always, or as long as another one is right. Where none is, the list
       * is wrong then.
       */
      perItem?: 'always' | 'unless all are wrong';
    }>
  | Readonly<{ type: 'object'; required?: true; properties: FieldSchemas }>
  | MapSchema;

/** An item of a list that is answered per item, where it is not what the contract says. */
export type UnusableItem = Readonly<{
  /** What is wrong with it, by names within the item: `email`; empty for the item as a whole. */
  unusable: readonly ParameterError[];
  /**
   * Those of its known fields that are texts, or itself under an empty name: well-formed, and cut at 512 characters.
   */
  texts: Readonly<Record<string, string>>;
}>;

/** Texts and numbers by names of the caller's choice; null is a value that is not given. */
export type MapSchema = Readonly<{
  type: 'map';
  required?: true;
  nullable?: true;
  maxProperties: number;
  /** What a name must be, as a regular expression. */
  names: string;
  /** Of all of it, as JSON in UTF-8. */
  mostBytes: number;
}>;

export type FieldSchemas = Readonly<{ [Name in string]: FieldSchema }>;

/** The days from `from` to `to` of a list that is never read whole: where they are not given, and at most. */
export type Window = Readonly<{ default: number; most: number }>;

/** The parameters and body of an operation of openapi.json. */
export type Operation = Readonly<{
  path: ParameterSchemas;
  query: ParameterSchemas;
  body: FieldSchemas;
  /** By their names in lower case. What else is in the headers is not the contract's. */
  header?: ParameterSchemas;
  window?: Window;
  /** The function that answers; query-status where none is named. */
  function?: string;
}>;

/** An address of a request: how mail to it is filed, and as the caller spelled it. */
export type GivenAddress = Readonly<{ address: string; spelling: string }>;

/** What a parameter becomes once it has been checked. Times become ISO 8601 UTC with milliseconds. */
export type CheckedValue<Schema> = Schema extends { type: 'array'; items: infer Item }
  ? readonly (Schema extends { perItem: string } ? CheckedValue<Item> | UnusableItem : CheckedValue<Item>)[]
  : Schema extends { type: 'object'; properties: infer Fields }
    ? CheckedValues<Fields>
    : Schema extends { type: 'map' }
      ? Readonly<Record<string, string | number>>
      : ScalarValue<Schema>;

export type ScalarValue<Schema> = Schema extends { format: 'mailtrail-address' | 'mailtrail-address-as-is' }
  ? GivenAddress
  : Schema extends { enum: readonly (infer Word)[] }
    ? Word
    : Schema extends { type: 'integer' }
      ? number
      : Schema extends { type: 'boolean' }
        ? boolean
        : string;

/** The values of checked parameters; `undefined` for what was not given and has no default. */
export type CheckedValues<Schemas> = {
  readonly [Name in keyof Schemas]:
    | CheckedValue<Schemas[Name]>
    | (Schemas[Name] extends { required: true } | { default: unknown } ? never : undefined);
};

/** Values before they are assigned to an operation. */
export type AnyValue =
  | string
  | number
  | boolean
  | GivenAddress
  | undefined
  | readonly AnyValue[]
  | Readonly<{ [Name in string]: AnyValue }>;

/** What is wrong with a value, to be read after its name, or with parts of it, named from it on: `[3].note`. */
export type Wrong = Readonly<{ wrong: string }> | Readonly<{ inside: readonly ParameterError[] }>;

/** A checked value, perhaps with items that are wrong and spoil only themselves, or what would be right instead. */
export type CheckResult = Readonly<{ value: AnyValue; spoilt?: readonly ParameterError[] }> | Wrong;
