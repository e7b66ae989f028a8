import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../lambdas/domain/status/fact.ts';
import { toLine } from '../../../lambdas/domain/status/fact-line.ts';
import { readHistory } from '../../../lambdas/domain/status/history.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString();
const history = (...facts: readonly Fact[]) => readHistory(facts.map(toLine));

describe('the history of an email', () => {
  it('is told oldest first, and says when it was sent and when anything happened last', () => {
    const { facts, sentAt, lastAt } = history(
      { kind: 'delivered', at: at(3), details: {} },
      { kind: 'opened', at: at(9), details: {} },
      { kind: 'sent', at: at(1), details: {} },
    );

    expect(facts.map(({ kind }) => kind)).toEqual(['sent', 'delivered', 'opened']);
    expect([sentAt, lastAt]).toEqual([at(1), at(9)]);
  });

  it('counts people and machines apart', () => {
    const { opens, machineOpens, clicks, machineClicks } = history(
      { kind: 'opened', at: at(5), details: { automated: 'yes' } },
      { kind: 'opened', at: at(6), details: {} },
      { kind: 'opened', at: at(7), details: {} },
      { kind: 'clicked', at: at(8), details: { link: 'https://club.example/a' } },
      { kind: 'clicked', at: at(8), details: { link: 'https://club.example/b' } },
      { kind: 'clicked', at: at(8), details: { link: 'https://club.example/c', automated: 'yes' } },
    );

    expect({ opens, machineOpens, clicks, machineClicks }).toEqual({
      opens: 2,
      machineOpens: 1,
      clicks: 2,
      machineClicks: 1,
    });
  });

  it('shows a fact once that two sources told, with the longer details', () => {
    const { facts, bounce } = history(
      { kind: 'bounced_soft', at: at(4), details: { type: 'Transient', subtype: 'MailboxFull' } },
      {
        kind: 'bounced_soft',
        at: at(4),
        details: { type: 'Transient', subtype: 'MailboxFull', diagnostic: 'smtp; 452 full' },
      },
    );

    expect(facts).toHaveLength(1);
    expect(bounce).toEqual({
      type: 'Transient',
      subType: 'MailboxFull',
      smtpStatus: null,
      diagnostic: 'smtp; 452 full',
      reportingMta: null,
      namedRecipient: null,
      at: at(4),
    });
  });

  it('takes an open for a person’s as soon as one source says so, as the status does', () => {
    const { opens, machineOpens, proposal } = history(
      { kind: 'opened', at: at(4), details: { automated: 'yes' } },
      { kind: 'opened', at: at(4), details: {} },
    );

    expect({ opens, machineOpens, status: proposal?.status }).toEqual({ opens: 1, machineOpens: 0, status: 'opened' });
  });

  it('shows neither bounce, complaint, delay nor failure where there is none', () => {
    const { bounce, complaint, delay, failure } = history({ kind: 'sent', at: at(1), details: {} });

    expect([bounce, complaint, delay, failure]).toEqual([null, null, null, undefined]);
  });

  it('shows what a feedback report says', () => {
    const details = { feedback: 'abuse', agent: 'ExampleFeedback/1.0', named: 'ann@example.net' };

    expect(history({ kind: 'complained', at: at(4), details })).toMatchObject({
      bounce: null,
      complaint: {
        ...{ feedbackType: 'abuse', subType: null, userAgent: 'ExampleFeedback/1.0' },
        ...{ namedRecipient: 'ann@example.net', at: at(4) },
      },
    });
  });

  it('says why the email was not delivered by its bounce, else by its latest delay', () => {
    const bounced: Fact = { kind: 'bounced_hard', at: at(5), details: { type: 'Permanent', status: '5.1.1' } };
    const deferred = (second: number, delay: string): Fact => ({
      kind: 'deferred',
      at: at(second),
      details: { delay },
    });
    const delivered: Fact = { kind: 'delivered', at: at(9), details: {} };

    expect(history(bounced).failure).toBe('wrong_address');
    expect(history(deferred(4, 'SpamDetected'), bounced).failure).toBe('wrong_address');
    expect(history(deferred(4, 'SpamDetected'), deferred(6, 'MailboxFull'), delivered).failure).toBe('mailbox_full');
  });

  it('shows the bounce that set the status, else the latest', () => {
    const soft = (second: number): Fact => ({
      kind: 'bounced_soft',
      at: at(second),
      details: { type: 'Transient', status: '4.2.2' },
    });
    const hard: Fact = { kind: 'bounced_hard', at: at(5), details: { type: 'Permanent', subtype: 'General' } };

    expect(history(soft(4), hard, soft(6)).bounce?.at).toBe(at(5));
    expect(history({ kind: 'clicked', at: at(9), details: {} }, soft(4), soft(6)).bounce?.at).toBe(at(6));
    expect(history({ kind: 'clicked', at: at(9), details: {} }, soft(4), soft(6), soft(8)).bounce?.at).toBe(at(8));
  });

  it('shows the bounce that set the status among several of one time', () => {
    const bounced = (kind: 'bounced_soft' | 'bounced_undetermined', type: string): Fact => ({
      kind,
      at: at(4),
      details: { type, status: '5.0.0' },
    });

    expect(
      history(bounced('bounced_soft', 'Transient'), bounced('bounced_undetermined', 'Undetermined')).bounce,
    ).toEqual(expect.objectContaining({ type: 'Undetermined' }));
  });

  it('shows the latest complaint where a bounce set the status, though both say that nothing was sent', () => {
    const byComplaint = (second: number): Fact => ({ kind: 'suppressed', at: at(second), details: {} });
    const byBounce: Fact = { kind: 'suppressed', at: at(2), details: { type: 'Permanent' } };
    const { bounce, complaint } = history(byBounce, byComplaint(4), byComplaint(6));

    expect([bounce?.at, complaint?.at]).toEqual([at(2), at(6)]);
  });

  it('shows a suppression by a complaint as a complaint, and one by a bounce as a bounce', () => {
    const list = 'OnAccountSuppressionList';
    const byComplaint = history({ kind: 'suppressed', at: at(2), details: { subtype: list } });
    const byBounce = history({ kind: 'suppressed', at: at(2), details: { type: 'Permanent', subtype: list } });

    expect([byComplaint.bounce, byComplaint.complaint?.subType]).toEqual([null, list]);
    expect([byBounce.bounce?.subType, byBounce.complaint]).toEqual([list, null]);
  });

  it('shows no complaint where somebody said that the email is no spam', () => {
    const { complaint, facts } = history({ kind: 'not_spam', at: at(2), details: { feedback: 'not-spam' } });

    expect([complaint, facts.length]).toEqual([null, 1]);
  });

  it('shows until when SES goes on trying', () => {
    const details = { delay: 'MailboxFull', expires: at(59), diagnostic: 'smtp; 452' };

    expect(history({ kind: 'deferred', at: at(4), details }).delay).toEqual({
      type: 'MailboxFull',
      expiresAt: at(59),
      diagnostic: 'smtp; 452',
      at: at(4),
    });
  });

  it('says until when SES goes on trying by the latest it said', () => {
    const deferred = (second: number, expires: string): Fact => ({
      kind: 'deferred',
      at: at(second),
      details: { expires },
    });

    expect(history(deferred(4, at(30)), deferred(6, at(50))).triedUntil).toBe(at(50));
    expect(history(deferred(4, at(50)), deferred(6, at(30))).triedUntil).toBe(at(50));
    expect(history({ kind: 'sent', at: at(1), details: {} }).triedUntil).toBeNull();
  });

  it('takes each detail where it is said at most length, so that the bounce that counts keeps its evidence', () => {
    const { bounce } = history(
      { kind: 'bounced_soft', at: at(4), details: { type: 'Transient', subtype: 'MailboxFull' } },
      { kind: 'bounced_soft', at: at(4), details: { type: 'Transient', mta: 'dns; mx' } },
    );

    expect(bounce).toMatchObject({ subType: 'MailboxFull', reportingMta: 'dns; mx' });
  });

  it('passes over a line that a person has broken', () => {
    expect(readHistory([`${at(1)} sent reason="\\x"`, `${at(2)} sent`]).facts).toHaveLength(1);
  });

  it('passes over what a newer version wrote', () => {
    expect(readHistory([`${at(1)} teleported`, `${at(2)} sent`]).facts).toHaveLength(1);
  });
});
