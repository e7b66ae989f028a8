import { CommandError, request } from '../process/command.ts';
import { ask, REQUEST_TIMEOUT } from './ask.ts';
import { FROM, LEAVES, MAILINGS, type Mailing, READS, type Sent, SUPPRESSED, WELCOME } from './club-month.ts';
import { settle } from './status-questions.ts';
import { timeLimit, type Waiting } from './waiting.ts';

/**
 * Simulates the month: sends, decides, unsubscribes and reads.
 *
 * @param run distinguishes this month from earlier ones
 */
export const sendMonth = async (url: string, run: string, waiting: Waiting): Promise<readonly Sent[]> => {
  const { say } = waiting;
  const suppression = (address: string) => `/v1/suppressions/${encodeURIComponent(address)}`;
  // A member who unsubscribed in an earlier month is subscribed again.
  await ask(url, `${suppression(LEAVES)}?unsubscribe=true`, { method: 'DELETE', accept: 404 });
  say('The office suppresses an address by hand …');
  await ask(url, suppression(SUPPRESSED), { method: 'PUT', body: { note: 'moved away' } });

  say('Kim gets a welcome email, and unsubscribes from the newsletter by its link …');
  const { name, recipient, ...welcome } = WELCOME;
  const { messageId } = await ask<{ messageId: string }>(url, '/v1/messages', {
    ...{ method: 'POST', key: `welcome-${run}` },
    body: { ...welcome, from: FROM, ...recipient, unsubscribable: true },
  });
  await settle(url, waiting);
  await follow(url, LEAVES, /\/u\/[\w.-]+/, { method: 'POST', body: 'List-Unsubscribe=One-Click' });

  const sent: Sent[] = [{ name, messageId, recipients: 1 }];
  for (const mailing of MAILINGS) {
    const { length } = mailing.recipients;
    say(`${mailing.name}: ${length === 1 ? '1 recipient' : `${length} recipients`}${notes(mailing)} …`);
    const campaignId = `${mailing.name}-${run}`;
    await send(url, campaignId, mailing);
    if (mailing.decision !== undefined) {
      await ask(url, `/v1/campaigns/${campaignId}/${mailing.decision}`, { method: 'POST', key: `decide-${run}` });
    }
    sent.push({ name: mailing.name, campaignId, recipients: length });
  }
  await settle(url, waiting);
  say('Lou reads the newsletter for six seconds …');
  await follow(url, READS, /\/r\/[\w.-]+/, { headers: { 'user-agent': 'Thunderbird/140.3.0' } });
  return sent;
};

const notes = ({ needsApproval, decision, sendIn }: Mailing): string =>
  [
    ...(sendIn === undefined ? [] : ['scheduled']),
    ...(needsApproval ? ['needs approval'] : []),
    ...(decision === undefined ? [] : [`then: ${decision}`]),
  ]
    .map((word) => `, ${word}`)
    .join('');

const send = async (url: string, campaignId: string, mailing: Mailing): Promise<void> => {
  const { category, subject, html, recipients, needsApproval, trackReads, sendIn, expiresIn } = mailing;
  const at = (later: number) => new Date(Date.now() + later).toISOString();
  await ask(url, '/v1/campaigns', {
    ...{ method: 'POST', key: campaignId },
    body: {
      ...{ campaignId, category, subject, html, recipients, from: FROM },
      ...(needsApproval && { needsApproval }),
      ...(trackReads && { trackReads }),
      ...(sendIn !== undefined && { sendAt: at(sendIn) }),
      ...(expiresIn !== undefined && { expiresAt: at(expiresIn) }),
    },
  });
};

/** Follows a link in the newest email to an address, as the recipient's mail program would. */
const follow = async (url: string, to: string, link: RegExp, init: RequestInit): Promise<void> => {
  const { items } = await ask<{ items: readonly { html: string | null }[] }>(
    url,
    `/local/mailbox?${new URLSearchParams({ to })}`,
  );
  const [path] = link.exec(items[0]?.html ?? '') ?? [];
  if (path === undefined) throw new CommandError(`the newest email to ${to} has no such link`);
  const headers = { ...(init.body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }) };
  const signal = timeLimit(
    REQUEST_TIMEOUT,
    `following a link of ${to} was not answered within ${REQUEST_TIMEOUT / 1_000} s.`,
  );
  const answer = await request(url, path, { ...init, signal, headers: { ...headers, ...init.headers } });
  if (!answer.ok) throw new CommandError(`following a link of ${to}: ${answer.status}`);
};
