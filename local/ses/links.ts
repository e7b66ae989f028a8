/** A link of an email that SES would track; `tags` from its attribute `ses:tags`, null without one. */
export type Link = Readonly<{ url: string; tags: Readonly<Record<string, readonly string[]>> | null }>;

/** SES tracks at most 250 links of an email (SES Developer Guide, faqs-metrics). */
const MOST_LINKS = 250;

/**
 * The links of an HTML body that SES rewrites to track clicks: http and https, without the attribute `ses:no-track`.
 */
export const trackedLinks = (html: string): readonly Link[] =>
  [...html.matchAll(/<a\b[^>]*>/gi)]
    .map(([tag]) => tag)
    .filter((tag) => !/\sses:no-track(?=[\s=>/])/i.test(tag))
    .flatMap((tag) => {
      const url = decoded(attribute(tag, 'href'));
      return url !== undefined && /^https?:\/\//i.test(url)
        ? [{ url, tags: readTags(attribute(tag, 'ses:tags')) }]
        : [];
    })
    .slice(0, MOST_LINKS);

/** A link as a mail program follows it, without the escapes of an HTML attribute. */
const decoded = (text: string | undefined): string | undefined =>
  text?.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

const attribute = (tag: string, name: string): string | undefined => {
  const [, double, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag) ?? [];
  return double ?? single;
};

// `ses:tags="name:value;name:value"`.
const readTags = (text: string | undefined): Link['tags'] => {
  const pairs = (text ?? '').split(';').flatMap((pair) => {
    const [name, value] = pair.split(':').map((part) => part.trim());
    return name && value ? [[name, [value]] as const] : [];
  });
  return pairs.length > 0 ? Object.fromEntries(pairs) : null;
};
