import type { Link } from './links.ts';

/** The client that loaded an image or followed a link. */
export type Agent = Readonly<{ userAgent: string; ipAddress: string; isBotEvent: 'Likely' | 'Unlikely' }>;

/** What a recipient does with an email in the inbox; `after` in milliseconds since its delivery. */
export type Engagement = Readonly<{ after: number; agent: Agent; link?: Link }>;

/** The delivered email, as its recipient gets it. */
export type Received = Readonly<{ html: boolean; links: readonly Link[] }>;

const OPENS = 0.8;
const OPENS_AGAIN = 0.3;
const CLICKS_WHAT_IT_OPENS = 0.4;
/** Addresses behind a gateway or a privacy proxy that fetches everything before a person opens the email. */
const IS_SCANNED = 0.2;

/**
 * What happens to one delivered email: nothing, opens, clicks; automated ones first, as in practice.
 *
 * @param draw a number from 0 up to 1 for each name; the same name draws the same number
 */
export const engagementsOf = ({ html, links }: Received, draw: (question: string) => number): readonly Engagement[] => {
  // The pixel and the rewritten links exist in HTML only (SES Developer Guide, faqs-metrics).
  if (!html) return [];
  const scanned = draw('scanned') < IS_SCANNED ? [{ after: 5, agent: PRIVACY_PROXY }] : [];
  if (draw('opens') >= OPENS) return scanned;
  const agent = PEOPLE[Math.floor(draw('agent') * PEOPLE.length)] ?? PRIVACY_PROXY;
  const openedAt = 20 + Math.floor(draw('open after') * 60);
  const link = links[Math.floor(draw('link') * links.length)];
  return [
    ...scanned,
    { after: openedAt, agent },
    ...(link !== undefined && draw('clicks') < CLICKS_WHAT_IT_OPENS ? [{ after: openedAt + 15, agent, link }] : []),
    ...(draw('opens again') < OPENS_AGAIN ? [{ after: openedAt + 30, agent }] : []),
  ];
};

// Reserved documentation addresses (RFC 5737).
const PRIVACY_PROXY: Agent = { userAgent: 'Mozilla/5.0', ipAddress: '198.51.100.17', isBotEvent: 'Likely' };

const PEOPLE: readonly Agent[] = [
  {
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    ipAddress: '192.0.2.24',
    isBotEvent: 'Unlikely',
  },
  {
    userAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    ipAddress: '203.0.113.84',
    isBotEvent: 'Unlikely',
  },
  {
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Thunderbird/140.3.0',
    ipAddress: '192.0.2.77',
    isBotEvent: 'Unlikely',
  },
];
