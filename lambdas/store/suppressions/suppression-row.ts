import {
  categoryIn,
  foldCategory,
  mergedCategory,
  type SpelledCategory,
} from '../../domain/suppression/category-opt-outs.ts';
import {
  ATTRIBUTES,
  CAUSES,
  type CategoryOptOut,
  type CauseName,
  type CauseRecord,
  type CauseSource,
  REPORTED_BY_SES,
  type SesListRecord,
  type SuppressionItem,
  type Wanted,
} from '../../domain/suppression/suppression.ts';
import { compareTexts } from '../../domain/values/compare-text.ts';
import { optional } from '../../domain/values/json.ts';
import { isRow, type Row, textOf, textsOf, UnreadableRow } from '../dynamodb/row.ts';

/**
 * Reads a row of the Suppressions table.
 * @throws UnreadableRow if it is not one: an unreadable cause must not count as no cause.
 */
export const readSuppressionRow = (row: Row): SuppressionItem => {
  const address = textOf(row, 'address');
  return {
    address,
    spellings: textsOf(row.spellings),
    history: textsOf(row.history),
    ...(row.sesList === undefined ? {} : { sesList: readSesList(row.sesList) }),
    ...(row.endsOnSesList === true ? { endsOnSesList: true } : {}),
    ...Object.fromEntries(CAUSES.flatMap((cause) => attributesOf(row, cause))),
    ...Object.fromEntries(Object.values(REPORTED_BY_SES).flatMap((attribute) => causeIn(row, attribute))),
    ...readCategories(row),
  };
};

const readCategories = (row: Row): Readonly<{ categories?: readonly CategoryOptOut[] }> => {
  const parts = Object.keys(row).flatMap((attribute) => {
    const known = categoryIn(attribute);
    if (known === undefined) return [];
    const { spelling, part } = known;
    const value = part === 'left' ? readCause(row[attribute], attribute) : textOf(row, attribute);
    return [{ spelling, [part]: value } as SpelledCategory];
  });
  const categories = [...Map.groupBy(parts, ({ spelling }) => foldCategory(spelling))]
    .toSorted(([one], [other]) => compareTexts(one, other))
    .map(([category, spelled]) => mergedCategory(category, spelled));
  return categories.length === 0 ? {} : { categories };
};

const attributesOf = (row: Row, cause: CauseName) => {
  const [begun, ended] = ATTRIBUTES[cause];
  return [...causeIn(row, begun), ...(row[ended] === undefined ? [] : [[ended, textOf(row, ended)]])];
};

const causeIn = (row: Row, attribute: string) =>
  row[attribute] === undefined ? [] : [[attribute, readCause(row[attribute], attribute)] as const];

const SOURCES: readonly string[] = ['ses_event', 'ses_list', 'api', 'unsubscribe'] satisfies readonly CauseSource[];

const readCause = (value: unknown, attribute: string): CauseRecord => {
  if (!isRow(value)) throw new UnreadableRow(`a row's ${attribute} is no cause`);
  const source = textOf(value, 'source');
  if (!SOURCES.includes(source)) throw new UnreadableRow(`a row's ${attribute} comes from a source that is none`);
  return {
    at: textOf(value, 'at'),
    source: source as CauseSource,
    ...optional(value, 'string', ['messageId', 'endsAt', 'note']),
    ...(value.ambiguous === true ? { ambiguous: true } : {}),
    ...(value.onSesList === true ? { onSesList: true } : {}),
  };
};

const WANTED: readonly string[] = ['COMPLAINT', 'BOUNCE', 'NOTHING'] satisfies readonly Wanted[];

const readSesList = (value: unknown): SesListRecord => {
  if (!isRow(value)) throw new UnreadableRow("a row's sesList is no record");
  const wanted = textOf(value, 'wanted');
  if (!WANTED.includes(wanted)) throw new UnreadableRow("a row's sesList wants what SES's list has no word for");
  const { reason } = value;
  return {
    wanted: wanted as Wanted,
    at: textOf(value, 'at'),
    ...optional(value, 'string', ['takenOffAt', 'listedSince']),
    ...(value.listedBefore === undefined
      ? {}
      : { listedBefore: CAUSES.filter((cause) => textsOf(value.listedBefore).includes(cause)) }),
    ...(reason === 'COMPLAINT' || reason === 'BOUNCE' ? { reason } : {}),
    ...(value.spellings === undefined ? {} : { spellings: textsOf(value.spellings) }),
  };
};
