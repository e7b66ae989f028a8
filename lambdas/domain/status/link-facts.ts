import type { Fact } from './fact.ts';

/** What links of our own tell of an email: that its recipient left by it, and that it was kept open. */

/** How somebody left: by their mail program's own button (RFC 8058), or on our page. */
export const LINK_WAYS = ['OneClick', 'UnsubscribePage'] as const;

export type LinkWay = (typeof LINK_WAYS)[number];

/** What a recipient leaves: one category of mail, or all of it. */
export type Mail = Readonly<{ category: string }> | 'everything';

export const unsubscribedBy = (way: LinkWay, mail: Mail, at: string): Fact => ({
  kind: 'unsubscribed',
  at,
  details: { via: way, topics: topicOf(mail) },
});

/** That somebody gets again, by a button of our page, what they had left. */
export const resubscribedTo = (mail: Mail, at: string): Fact => ({
  kind: 'resubscribed',
  at,
  details: { via: 'UnsubscribePage', topics: topicOf(mail) },
});

const topicOf = (mail: Mail): string => (mail === 'everything' ? 'all' : mail.category);

export const keptOpen = (at: string): Fact => ({ kind: 'read', at, details: {} });

/**
 * Whether a picture is fetched by a machine that does not tell how long anybody looks. Gmail's and Yahoo's proxies follow
 * the pixel to its end for whoever opened the email, and Apple's Mail Privacy Protection, whose agent is exactly
 * `Mozilla/5.0`, without anybody opening it.
 */
export const fetchesForOthers = (agent: string | undefined): boolean =>
  agent !== undefined && (agent === 'Mozilla/5.0' || PROXIES.some((proxy) => agent.includes(proxy)));

/** As their agents call them: `… (via ggpht.com GoogleImageProxy)`, `YahooMailProxy; https://help.yahoo.com/…`. */
const PROXIES = ['GoogleImageProxy', 'YahooMailProxy'];
