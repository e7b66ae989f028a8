import type { Email } from './email.ts';
import * as feedback from './feedback.ts';
import { trackedLinks } from './links.ts';
import { isSimulatorAddress } from './mailbox-simulator.ts';
import type { Outcome, World } from './outcome.ts';
import type { Mailbox } from './recipient.ts';
import type { Reason } from './suppression-list.ts';
import { engagementsOf } from './virtual-recipient.ts';

// Milliseconds after acceptance: short, so that tests and people do not wait long.
export const NOT_ATTEMPTED_AFTER = 10;
const BOUNCED_AFTER = 40;
const DELIVERED_AFTER = 40;
const ANSWERED_AFTER = 60;
/** In a recording, auto-replies and complaints are stamped 23 ms before the delivery of the email they answer. */
const STAMPED_AFTER = DELIVERED_AFTER - 23;

/**
 * Recipients that the account's suppression list has for one reason: SES does not attempt them, and publishes one
 * event.
 */
export const notAttempted = (
  email: Email,
  eventType: 'Bounce' | 'Complaint',
  mailboxes: readonly Mailbox[],
  { draw }: World,
): Outcome => {
  const uuid = draw.uuid('not attempted', eventType);
  const body = eventType === 'Bounce' ? feedback.suppressedBounce : feedback.suppressedComplaint;
  return {
    eventType,
    after: NOT_ATTEMPTED_AFTER,
    // As written, display names included: no report of another server has the bare address (recorded).
    body: body({
      at: email.acceptedAt + NOT_ATTEMPTED_AFTER,
      uuid,
      addresses: mailboxes.map(({ written }) => written),
    }),
  };
};

/** Addresses that do not exist. Several simulated bounces of one email come as one event (recorded). */
export const bounced = (email: Email, mailboxes: readonly Mailbox[], { draw, behaviourOf }: World): Outcome => {
  const at = email.acceptedAt + BOUNCED_AFTER;
  const addresses = mailboxes.map(({ address }) => address);
  const diagnosticOf = (address: string) =>
    behaviourOf(address) === 'suppressionlist'
      ? `smtp; 550 5.1.1 As requested: user unknown (suppressed address: ${address})`
      : feedback.USER_UNKNOWN;
  const body = feedback.hardBounce({ at, uuid: draw.uuid('bounce'), addresses }, diagnosticOf);
  return {
    eventType: 'Bounce',
    after: BOUNCED_AFTER,
    body,
    suppresses: entries(email, addresses, 'BOUNCE', at, body.feedbackId),
  };
};

/** One address whose mail server accepted the email: each gets an event of its own. */
export const delivered = (email: Email, address: string): Outcome => ({
  eventType: 'Delivery',
  after: DELIVERED_AFTER,
  body: feedback.delivery(email.acceptedAt + DELIVERED_AFTER, email.acceptedAt, address),
});

/** Recipients who are out of the office. */
export const autoReplied = (email: Email, mailboxes: readonly Mailbox[], { draw }: World): Outcome => ({
  eventType: 'Bounce',
  after: ANSWERED_AFTER,
  body: feedback.autoReply({
    at: email.acceptedAt + STAMPED_AFTER,
    uuid: draw.uuid('ooto'),
    addresses: mailboxes.map(({ address }) => address),
  }),
});

/** Recipients who marked the email as spam. */
export const complained = (email: Email, mailboxes: readonly Mailbox[], { draw }: World): Outcome => {
  const arrival = email.acceptedAt + ANSWERED_AFTER;
  const addresses = mailboxes.map(({ address }) => address);
  const uuid = draw.uuid('complaint');
  const body = feedback.complaint({ at: email.acceptedAt + STAMPED_AFTER, arrival, uuid, addresses });
  return {
    eventType: 'Complaint',
    after: ANSWERED_AFTER,
    body,
    suppresses: entries(email, addresses, 'COMPLAINT', arrival, body.feedbackId),
  };
};

/** What the person at this address does with the email, as far as SES can observe it. */
export const engaged = (email: Email, address: string, { draw }: World): readonly Outcome[] => {
  const { html } = email.content;
  const received = { html: html !== undefined, links: trackedLinks(html ?? '') };
  return engagementsOf(received, (question) => draw.number(address, question))
    .filter(({ link }) => (link === undefined ? email.tracksOpens : email.tracksClicks))
    .map(({ after, agent: { ipAddress, userAgent, isBotEvent }, link }) => {
      const at = DELIVERED_AFTER + after;
      const seen = { ipAddress, timestamp: feedback.isoTime(email.acceptedAt + at), userAgent, isBotEvent };
      return link === undefined
        ? { eventType: 'Open', after: at, body: seen }
        : { eventType: 'Click', after: at, body: { ...seen, link: link.url, linkTags: link.tags } };
    });
};

/** Simulator addresses are never added to the list (SES Developer Guide, send-an-email-from-console). */
const entries = (
  { messageId }: Email,
  addresses: readonly string[],
  reason: Reason,
  updatedAt: number,
  feedbackId: string,
) =>
  addresses
    .filter((address) => !isSimulatorAddress(address))
    .map((address) => ({ address, reason, updatedAt, messageId, feedbackId }));
