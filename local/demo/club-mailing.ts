import type { SuppressionListReason } from '@aws-sdk/client-sesv2';

/** A member of a club that does not exist; example.com and its sisters belong to nobody (RFC 2606). */
export type Member = Readonly<{
  name: string;
  address: string;
  /** What SES's suppression list holds of the address before the mailing. */
  listedFor?: SuppressionListReason;
}>;

export const CAMPAIGN = 'autumn-newsletter';
export const CATEGORY = 'newsletter';
export const FROM = 'Hillside Tennis Club <office@hillside-tennis.example>';

/** One member for each thing that can become of an email, as far as SES's mailbox simulator and a few people can show. */
export const MEMBERS: readonly Member[] = [
  { name: 'Ann Ball', address: 'ann.ball@example.com' },
  { name: 'Ann Ball', address: 'Ann.Ball@Example.com' },
  { name: 'Ben Court', address: 'ben.court@example.net' },
  { name: 'Cleo Deuce', address: 'cleo.deuce@example.org' },
  { name: 'Dan Grass', address: 'dan.grass@example.com' },
  { name: 'Eva Lob', address: 'success+eva.lob@simulator.amazonses.com' },
  { name: 'Finn Match', address: 'bounce+finn.match@simulator.amazonses.com' },
  { name: 'Gwen Net', address: 'ooto+gwen.net@simulator.amazonses.com' },
  { name: 'Hugo Serve', address: 'complaint+hugo.serve@simulator.amazonses.com' },
  { name: 'Ida Slice', address: 'suppressionlist+ida.slice@simulator.amazonses.com' },
  { name: 'Jon Smash', address: 'jon.smash@example.net', listedFor: 'BOUNCE' },
  { name: 'Kim Volley', address: 'kim.volley@example.org', listedFor: 'COMPLAINT' },
];

export const SUBJECT = 'Courts, coffee and the autumn ladder';

/** The email to one member. */
export const bodyFor = ({ name }: Member): string =>
  [
    `<p>Dear ${name},</p>`,
    '<p>The clay courts stay open until the first frost.',
    '<a href="https://hillside-tennis.example/ladder" ses:tags="part:ladder">See the autumn ladder</a>,',
    '<a href="https://hillside-tennis.example/courts">book a court</a>.</p>',
  ].join('\n');
