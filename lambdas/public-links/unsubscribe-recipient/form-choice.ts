/** The buttons of the page: unsubscribe from the category or from everything, or resubscribe to it. */
export type Button = 'category' | 'everything' | 'return category' | 'return everything';

/** The choice of a POST: a mail client's one-click request (RFC 8058), or one of the page's buttons. */
export type Choice = 'OneClick' | Button;

/** Whether a choice is to resubscribe. */
export const isReturn = (choice: Choice): boolean => choice === 'return category' || choice === 'return everything';

type Posted = Readonly<{
  body?: string | undefined;
  isBase64Encoded: boolean;
  headers: Readonly<Record<string, string | undefined>>;
}>;

/**
 * Reads a form, as `application/x-www-form-urlencoded` or `multipart/form-data` (RFC 8058 section 3.2 allows both). A POST
 * to the link unsubscribes: any body that is not a form of the page counts as one-click, with or without
 * `List-Unsubscribe=One-Click`. Only the page's button to resubscribe, without any other field, does the opposite.
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

/** Characters; a form of the page has twenty. */
const LONGEST = 10_000;
