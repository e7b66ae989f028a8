/** What a button of the page asks for: to leave a category or everything, or to get it again. */
export type Button = 'category' | 'everything' | 'return category' | 'return everything';

/** What a POST asks for: by a mail program on its own (RFC 8058), or by one of the page's buttons. */
export type Choice = 'OneClick' | Button;

/** Whether a choice is to get emails again. */
export const isReturn = (choice: Choice): boolean => choice === 'return category' || choice === 'return everything';

type Posted = Readonly<{
  body?: string | undefined;
  isBase64Encoded: boolean;
  headers: Readonly<Record<string, string | undefined>>;
}>;

/**
 * Reads a form, as `application/x-www-form-urlencoded` or `multipart/form-data` (RFC 8058 section 3.2 allows both). Whoever
 * posts to the link wants to leave: what is no form of our page counts as the mail program's one click, `List-Unsubscribe=
 * One-Click` or not. Only the page's own button to get emails again, and no other field beside it, does the opposite.
 */
export const readChoice = async ({ body = '', isBase64Encoded, headers }: Posted): Promise<Choice> => {
  const type = headers['content-type'];
  if (type === undefined || body.length > LONGEST) return 'OneClick';
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    const leave = form.get('leave');
    if (leave === 'category' || leave === 'everything') return leave;
    const back = form.get('return');
    const leaves = leave !== null || form.has('List-Unsubscribe');
    return !leaves && (back === 'category' || back === 'everything') ? `return ${back}` : 'OneClick';
  } catch {
    return 'OneClick';
  }
};

/** Characters; a form of ours has twenty. */
const LONGEST = 10_000;
