/** A member of a fictional club; example.com and its sisters are reserved (RFC 2606). */
export type Recipient = Readonly<{ email: string; values?: Readonly<Record<string, string>>; skip?: string }>;

/** What the club does with a mailing after it is accepted. */
export type Decision = 'approve' | 'quarantine' | 'cancel';

/** A mailing of the month. */
export type Mailing = Readonly<{
  /** Its name in the table, and the beginning of its campaign id. */
  name: string;
  category: string;
  subject: string;
  html: string;
  recipients: readonly Recipient[];
  needsApproval?: true;
  decision?: Decision;
  trackReads?: true;
  /** Milliseconds from now. */
  sendIn?: number;
  expiresIn?: number;
}>;

/** What was sent under which id, to how many recipients. */
export type Sent = Readonly<{ name: string; recipients: number }> &
  Readonly<{ campaignId: string } | { messageId: string }>;

export const FROM = 'Hillside Tennis Club <office@hillside-tennis.example>';

/**
 * The addresses that the office suppresses by hand, that unsubscribes by its link, and that opens an email to read it.
 */
export const SUPPRESSED = 'jon.smash@example.net';
export const LEAVES = 'kim.volley@example.org';
export const READS = 'lou.topspin@example.com';

const to = (email: string, name: string): Recipient => ({ email, values: { name } });
const ann = to('ann.ball@example.com', 'Ann');
const ben = to('ben.court@example.net', 'Ben');
const DAY = 86_400_000;

/** The email whose link a member uses to unsubscribe before the next newsletter. */
export const WELCOME = {
  name: 'welcome',
  category: 'newsletter',
  subject: 'Welcome, {{name}}',
  html: '<p>Dear {{name}}, good to have you. <a href="{{unsubscribeUrl}}">No newsletters, please</a></p>',
  recipient: to(LEAVES, 'Kim'),
} as const;

export const MAILINGS: readonly Mailing[] = [
  {
    name: 'statements',
    category: 'statement',
    subject: 'Your statement of October, {{name}}',
    html: '<p>Dear {{name}}, your balance is {{balance}}.</p>',
    recipients: [
      { email: 'ann.ball@example.com', values: { name: 'Ann', balance: '€ 40.00' } },
      { email: 'ben.court@example.net', skip: 'no balance due' },
      // One balance is missing, and one address is mistyped.
      to('cleo.deuce@example.org', 'Cleo'),
      { email: 'dan.grass@example', values: { name: 'Dan', balance: '€ 12.50' } },
    ],
  },
  {
    name: 'newsletter',
    category: 'newsletter',
    subject: 'Courts, coffee and the autumn ladder',
    html: [
      '<p>Dear {{name}},</p><p>The clay courts stay open until the first frost.',
      '<a href="https://hillside-tennis.example/ladder" ses:tags="part:ladder">See the autumn ladder</a>,',
      '<a href="https://hillside-tennis.example/courts">book a court</a>.</p>',
      '<p><a href="{{unsubscribeUrl}}">No more of these</a></p>',
    ].join('\n'),
    trackReads: true,
    recipients: [
      ann,
      to('Ann.Ball@Example.com', 'Ann'),
      ben,
      to('cleo.deuce@example.org', 'Cleo'),
      to(READS, 'Lou'),
      to(SUPPRESSED, 'Jon'),
      to(LEAVES, 'Kim'),
      to('success+eva@simulator.amazonses.com', 'Eva'),
      to('bounce+finn@simulator.amazonses.com', 'Finn'),
      to('ooto+gwen@simulator.amazonses.com', 'Gwen'),
      to('complaint+hugo@simulator.amazonses.com', 'Hugo'),
    ],
  },
  {
    name: 'general-meeting',
    category: 'club',
    subject: 'General meeting on 12 December',
    html: '<p>Dear {{name}}, you are invited.</p>',
    needsApproval: true,
    decision: 'approve',
    recipients: [ann, ben],
  },
  {
    name: 'fee-increase',
    category: 'club',
    subject: 'Fees from January on',
    html: '<p>Dear {{name}}, fees double.</p>',
    needsApproval: true,
    decision: 'quarantine',
    recipients: [ben],
  },
  {
    name: 'board-election',
    category: 'club',
    subject: 'Who runs for the board?',
    html: '<p>Dear {{name}}, put your name down.</p>',
    needsApproval: true,
    recipients: [ann],
  },
  {
    name: 'christmas-party',
    category: 'club',
    subject: 'Mulled wine at the net',
    html: '<p>Dear {{name}}, come on the 19th.</p>',
    sendIn: 20 * DAY,
    recipients: [ann],
  },
  {
    name: 'open-air-cinema',
    category: 'club',
    subject: 'Films under the stars',
    html: '<p>Dear {{name}}, bring a blanket.</p>',
    sendIn: DAY,
    decision: 'cancel',
    recipients: [ben],
  },
  {
    name: 'rain-today',
    category: 'club',
    subject: 'No training today',
    html: '<p>Dear {{name}}, the courts are under water.</p>',
    needsApproval: true,
    expiresIn: 3_000,
    recipients: [ann],
  },
];
