import { describe as about, expect, it } from 'vitest';
import { explain } from '../../../lambdas/domain/status/explanation.ts';
import { OVERDUE_WORDS, STATUS_WORDS, type Words } from '../../../lambdas/domain/status/status-meanings.ts';
import { STATUS_NAMES, STATUSES, type Status } from '../../../lambdas/domain/status/statuses.ts';
import { DEFAULT_VOCABULARY, isVocabulary, VOCABULARIES } from '../../../lambdas/domain/status/vocabulary.ts';
import { LABELS, type LabelRow, type Labels } from '../../../lambdas/domain/status/vocabulary-labels.ts';

/** The table of the design, word for word; `=` stands for Mailtrail's own label. */
const DESIGN = `
| status | mailtrail | clubspot | clinicsense | creatio | commusoft | tipimail |
|---|---|---|---|---|---|---|
| planned | Planned | = | = | Planned | = | Scheduled |
| pending_approval | Pending approval | = | = | = | = | Pending moderation |
| approved | Approved | = | = | = | = | Accepted |
| queued | Queued | = | Sending | = | = | Pending |
| throttled | Throttled | = | Sending | = | = | Deferred |
| depleted | Quota used up | = | Sending | = | = | Depleted |
| sending | Sending | = | Sending | = | = | Pending |
| sent | Sent | = | Processed | Sent to provider | Sent | Treated |
| deferred | Deferred | Bounced (Soft Bounce) | Deferred | Sent to provider | = | Softbounce |
| bounced_soft | Soft bounce | Bounced (Soft Bounce) | Failed | Soft Bounce | Bounced | Softbounce |
| bounced_undetermined | Bounced, reason unknown | Bounced | Failed | Unknown response | Bounced | Bounce |
| delivered | Delivered | Delivered | Delivered | Delivered | Delivered | Delivered |
| opened | Opened | Opened | Open | Opened | Opened | Opened |
| read | Read | Opened | Open | Opened | Opened | Read |
| clicked | Clicked | Clicked | Clicked | Clicked | Clicked | Clicked |
| unsubscribed | Unsubscribed | = | = | Unsubscribed | = | Unsubscribed |
| skipped | Skipped | Skipped | = | = | = | = |
| canceled_duplicate | Canceled, duplicate | = | = | Canceled (duplicated email) | = | = |
| canceled_unsubscribed | Canceled, unsubscribed | Suppressed | Failed | Canceled (unsubscribed by email type) | Dropped | Filtered |
| canceled | Canceled | = | = | = | = | = |
| quarantined | Quarantined | = | = | = | = | Quarantine |
| expired | Expired | = | = | Stopped (time to send expired) | = | = |
| invalid_address | Invalid address | = | Failed | Invalid email address | Dropped | Error |
| suppressed | Suppressed | Suppressed | Failed | = | Dropped | Filtered |
| rejected | Rejected | = | Failed | Delivery error | Dropped | Rejected |
| failed_rendering | Failed, template error | = | Failed | Delivery error | Dropped | Error |
| failed_sending | Failed | = | Failed | Delivery error | = | Error |
| bounced_hard | Hard bounce | Bounced (Hard Bounce) | Failed | Hard Bounce | Bounced | Hardbounce |
| complained | Complaint | Complaint | Spam report | = | Spam Report | Complaint |
`;

const [header = [], , ...rows] = DESIGN.trim()
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const cells = rows.flatMap(([status = '', ...labels]) =>
  VOCABULARIES.map((vocabulary, column) => [status as Status, vocabulary, labels[column] ?? ''] as const),
);
const IN_TIME = { overdue: false };
const LATE = { overdue: true };
const everywhere = STATUS_NAMES.flatMap((status) => VOCABULARIES.map((vocabulary) => [status, vocabulary] as const));
const words = (status: Status) => explain(status, DEFAULT_VOCABULARY, IN_TIME);

about('the vocabularies', () => {
  it('are those of the design, in its order, and cover its statuses', () => {
    expect(header).toEqual(['status', ...VOCABULARIES]);
    expect(rows.map(([status]) => status).sort()).toEqual([...STATUS_NAMES].sort());
    expect(cells).toHaveLength(29 * 6);
  });

  it.each(cells)('%s is in %s: %s', (status, vocabulary, cell) => {
    const { label, native } = explain(status, vocabulary, IN_TIME);
    const mailtrail = rows.find(([name]) => name === status)?.[1];

    expect({ label, native }).toEqual(
      cell === '=' ? { label: mailtrail, native: false } : { label: cell, native: true },
    );
  });

  it('are distinguished from other texts', () => {
    expect(VOCABULARIES.every(isVocabulary)).toBe(true);
    expect(['Mailtrail', 'length', '', 0, null, undefined].some(isVocabulary)).toBe(false);
  });

  it('do not compile with a status or a cell missing', () => {
    const { complained: _, ...withoutOne } = LABELS;
    const { complained: _1, ...withoutWords } = STATUS_WORDS;

    // @ts-expect-error a status is missing
    const labels: Labels = withoutOne;
    // @ts-expect-error the cell of the last vocabulary is missing
    const short: LabelRow = ['Sent', null, null, null, null];
    // @ts-expect-error a cell with neither a label nor null
    const hole: LabelRow = ['Sent', null, undefined, null, null, null];
    // @ts-expect-error Mailtrail has a label for each
    const nameless: LabelRow = [null, null, null, null, null, null];
    // @ts-expect-error a status has no words
    const wordless: Record<Status, Words> = withoutWords;
    // @ts-expect-error the next step is neither given nor null
    const stepless: Words = { meaning: 'The email was sent.' };

    expect([labels, short, hole, nameless, wordless, stepless]).toHaveLength(6);
  });
});

about('an overdue email', () => {
  it('has labels of its own in creatio', () => {
    expect(explain('deferred', 'creatio', LATE)).toMatchObject({ label: 'Soft Bounce', native: true });
    expect(explain('sent', 'creatio', LATE)).toMatchObject({ label: 'Unknown response', native: true });
  });

  it.each(everywhere.filter(([, vocabulary]) => vocabulary !== 'creatio'))(
    'keeps its label: %s in %s',
    (status, vocabulary) => {
      const { label, native } = explain(status, vocabulary, IN_TIME);

      expect(explain(status, vocabulary, LATE)).toMatchObject({ label, native });
    },
  );

  it('does not advise to wait for retries that are over', () => {
    for (const vocabulary of VOCABULARIES) {
      expect(explain('deferred', vocabulary, LATE).nextStep).not.toMatch(/nothing/i);
      expect(explain('sent', vocabulary, LATE).nextStep).not.toMatch(/wait/i);
    }
  });

  it('is so only while it is on its way', () => {
    for (const [status, vocabulary] of everywhere.filter(([status]) => status !== 'sent' && status !== 'deferred'))
      expect(explain(status, vocabulary, LATE)).toEqual(explain(status, vocabulary, IN_TIME));
  });
});

about('the meaning and the next step', () => {
  const SENTENCES = /^[A-Z][^\n]*[a-zA-Z0-9]\.$/;

  it.each(everywhere)('are whole sentences: %s in %s', (status, vocabulary) => {
    for (const overdue of [false, true]) {
      const { meaning, nextStep } = explain(status, vocabulary, { overdue });

      for (const text of [meaning, ...(nextStep === null ? [] : [nextStep])]) {
        expect(text).toMatch(SENTENCES);
        expect(text).not.toMatch(/ {2}|\.\w|[@“”’]/);
        expect(text.length).toBeLessThan(240);
      }
    }
  });

  it('explains that a delivered email may not be in the inbox, and where to find it', () => {
    expect(words('delivered').nextStep).toMatch(/inbox.*spam and promotions.*mailbox provider/);
  });

  it.each(['opened', 'read', 'clicked'] as const)('explains that %s is skewed', (status) => {
    expect(words(status).nextStep).toMatch(/proxies.*scanners/);
  });

  it('explains that staff can remove a complaint made by mistake', () => {
    expect(words('complained').nextStep).toMatch(/mistake.*staff can remove/);
  });

  it.each(['bounced_soft', 'bounced_hard', 'bounced_undetermined', 'invalid_address', 'suppressed'] as const)(
    'tells to check the address for typos: %s',
    (status) => {
      expect(words(status).nextStep).toMatch(/typos/);
    },
  );

  it.each(['queued', 'sending', 'sent'] as const)('advises to have %s checked after more than 10 minutes', (status) => {
    expect(words(status).nextStep).toMatch(/10 minutes.*check/);
    expect(explain(status, 'clinicsense', IN_TIME).nextStep).toMatch(/10 minutes.*support/);
  });

  it('calls for nothing while delivery is tried again', () => {
    expect(words('deferred').nextStep).toMatch(/^Nothing to do.*tried again/);
    expect(explain('deferred', 'tipimail', IN_TIME).nextStep).toMatch(/24 hours/);
  });

  it.each(STATUS_NAMES)('states in creatio whether it is final: %s', (status) => {
    const { meaning, final } = explain(status, 'creatio', IN_TIME);

    expect(final).toBe(STATUSES[status].final);
    expect(meaning).toMatch(final ? /This response is final\.$/ : /A later response can replace this one\.$/);
  });

  it('has words for an overdue email of its own', () => {
    expect(explain('sent', 'clubspot', LATE)).toMatchObject(OVERDUE_WORDS.sent);
    expect(explain('deferred', 'clubspot', LATE)).toMatchObject(OVERDUE_WORDS.deferred);
  });
});
