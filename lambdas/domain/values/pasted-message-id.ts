/**
 * The ids that a text may mean which a person pasted to look an email up, the likeliest first. Recipients and bounce
 * reports show SES's id only as the header `Message-ID: <ID@REGION.amazonses.com>`, in us-east-1
 * `<ID@email.amazonses.com>` (SES Developer Guide, header-fields), since SES replaces the sender's own. The text as it is
 * always comes first: an id of the sender's may look like anything.
 */
export const messageIdsIn = (text: string): readonly string[] => {
  const bare = withoutBrackets(decoded(decoded(text)));
  const id = bare.replace(SES_HOST, '');
  // SES's ids are lower case hexadecimal; a program may have changed that.
  return [...new Set([text, bare, id, ...(/^[\da-f-]+$/i.test(id) ? [id.toLowerCase()] : [])])].filter(
    (one) => one !== '',
  );
};

const SES_HOST = /@(?:[a-z0-9-]+\.)*amazonses\.com(?:\.cn)?\.?$/i;

/** The name of the header, brackets and quotes may be pasted along, and white space or what is as invisible. */
const withoutBrackets = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ')
    .trim()
    .replace(/^message-id: ?/i, '')
    .replace(/^[<"'([]+ ?| ?[>"')\],;]+$/g, '');

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
