import type { Fact } from './fact.ts';

/** What Mailtrail's own links report about an email: that its recipient unsubscribed, and that it was kept open. */

/** How a recipient unsubscribed: with their mail program's button (RFC 8058), or on Mailtrail's page. */
export const LINK_WAYS = ['OneClick', 'UnsubscribePage'] as const;

export type LinkWay = (typeof LINK_WAYS)[number];

/** What a recipient unsubscribes from: one category of mail, or all of it. */
export type Mail = Readonly<{ category: string }> | 'everything';

export const unsubscribedBy = (way: LinkWay, mail: Mail, at: string): Fact => ({
  kind: 'unsubscribed',
  at,
  details: { via: way, topics: topicOf(mail) },
});

/** A recipient subscribed again with a button of Mailtrail's page. */
export const resubscribedTo = (mail: Mail, at: string): Fact => ({
  kind: 'resubscribed',
  at,
  details: { via: 'UnsubscribePage', topics: topicOf(mail) },
});

const topicOf = (mail: Mail): string => (mail === 'everything' ? 'all' : mail.category);

export const keptOpen = (at: string): Fact => ({ kind: 'read', at, details: {} });

/**
 * Whether an image is fetched by a machine, so that the fetch does not show how long the email was open. Gmail's and
 * Yahoo's proxies follow the pixel's redirects to the end for anyone who opened the email. Apple's Mail Privacy
 * Protection, whose agent is exactly `Mozilla/5.0`, does so even if nobody opened it.
 */
export const fetchesForOthers = (agent: string | undefined): boolean =>
  agent !== undefined && (agent === 'Mozilla/5.0' || PROXIES.some((proxy) => agent.includes(proxy)));

/** Names in their user agents: `… (via ggpht.com GoogleImageProxy)`, `YahooMailProxy; https://help.yahoo.com/…`. */
const PROXIES = ['GoogleImageProxy', 'YahooMailProxy'];
