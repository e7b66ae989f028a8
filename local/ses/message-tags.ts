import { badRequest, type Members, objectsMember, textMember } from './rest-json.ts';

/** An email's tags as in events: a name may occur several times. */
export type Tags = Readonly<Record<string, readonly string[]>>;

/**
 * The request's EmailTags.
 *
 * @throws SesError BadRequestException if a name or value is missing, too long, or not of letters, digits, `_` and `-`
 */
export const readEmailTags = (request: Members): Tags =>
  collect(objectsMember(request, 'EmailTags').map((tag) => [textMember(tag, 'Name'), textMember(tag, 'Value')]));

/**
 * The tags of a Raw email's header X-SES-MESSAGE-TAGS: `name=value, name=value`.
 *
 * @throws SesError BadRequestException as for EmailTags
 */
export const readTagsHeader = (value: string): Tags =>
  collect(
    value
      .split(/[,;]/)
      .filter((pair) => pair.trim() !== '')
      .map((pair) => pair.split('=').map((part) => part.trim())),
  );

const collect = (pairs: readonly (readonly (string | undefined)[])[]): Tags => {
  const tags: Record<string, string[]> = {};
  for (const [name, value] of pairs) {
    const [checkedName, checkedValue] = [check('name', name), check('value', value)];
    tags[checkedName] = [...(tags[checkedName] ?? []), checkedValue];
  }
  return tags;
};

const check = (what: string, text: string | undefined): string => {
  if (text === undefined || text === '') throw badRequest(`A message tag ${what} is missing.`);
  if (text.length > 256) throw badRequest(`A message tag ${what} can contain no more than 256 characters.`);
  // The exception to the rule that forbids colons, for feedback loops (SES Developer Guide,
  // monitor-using-event-publishing).
  if (what === 'name' && /^ses:feedback-id-[ab]$/.test(text)) return text;
  if (!/^[A-Za-z0-9_-]+$/.test(text)) {
    throw badRequest(
      `A message tag ${what} can only contain ASCII letters, digits, underscores and dashes: '${text}'.`,
    );
  }
  return text;
};
