import { page, readPageSize } from './paging.ts';
import { mailbox } from './recipient.ts';
import {
  answer,
  badRequest,
  notFound,
  readBody,
  readQuery,
  type SesAnswer,
  SesError,
  type SesRequest,
  textMember,
} from './rest-json.ts';
import { keyOf, type Reason, type SuppressedDestination, type SuppressionList } from './suppression-list.ts';

/**
 * PutSuppressedDestination: adds an address or overwrites its reason.
 *
 * @param now milliseconds since 1970
 * @throws SesError BadRequestException without an address or with an unknown reason
 */
export const putSuppressedDestination = (list: SuppressionList, request: SesRequest, now: number): SesAnswer => {
  const members = readBody(request);
  refuseTenant(textMember(members, 'TenantName'));
  const address = readAddress(textMember(members, 'EmailAddress'));
  const reason = readReason(textMember(members, 'Reason'));
  list.put({ address, reason, updatedAt: now });
  return answer({});
};

/** GetSuppressedDestination. @throws SesError NotFoundException if the exact spelling is not on the list */
export const getSuppressedDestination = (list: SuppressionList, address: string, request: SesRequest): SesAnswer => {
  refuseTenant(readQuery(request).get('TenantName') ?? undefined);
  const entry = list.get(address);
  if (entry === undefined) throw notOnList(address);
  const { messageId, feedbackId } = entry;
  const attributes = messageId === undefined ? {} : { Attributes: { MessageId: messageId, FeedbackId: feedbackId } };
  return answer({ SuppressedDestination: { ...summary(entry), ...attributes } });
};

/** DeleteSuppressedDestination. @throws SesError NotFoundException if the exact spelling is not on the list */
export const deleteSuppressedDestination = (list: SuppressionList, address: string, request: SesRequest): SesAnswer => {
  refuseTenant(readQuery(request).get('TenantName') ?? undefined);
  if (!list.delete(address)) throw notOnList(address);
  return answer({});
};

/**
 * ListSuppressedDestinations, the least recently changed first; pages of 1,000 at most.
 *
 * @throws SesError BadRequestException on an unknown reason, time or page size, InvalidNextTokenException on a token
 *   issued for other filters
 */
export const listSuppressedDestinations = (list: SuppressionList, request: SesRequest): SesAnswer => {
  const query = readQuery(request);
  refuseTenant(query.get('TenantName') ?? undefined);
  const reasons = query.getAll('Reason').map(readReason);
  const from = readDate(query.get('StartDate')) ?? Number.NEGATIVE_INFINITY;
  const to = readDate(query.get('EndDate')) ?? Number.POSITIVE_INFINITY;
  const matching = list
    .entries()
    .filter(
      ({ reason, updatedAt }) =>
        (reasons.length === 0 || reasons.includes(reason)) && updatedAt >= from && updatedAt < to,
    )
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  const wanted = { size: readPageSize(query.get('PageSize')), token: query.get('NextToken') ?? undefined };
  const { items, next } = page(matching, sortKey, wanted, {
    scope: `suppression ${[...reasons].sort()} ${from} ${to}`,
    usual: 1000,
    most: 1000,
    badSize: () => badRequest('The page size must be between 1 and 1000'),
    badToken: () =>
      new SesError('InvalidNextTokenException', 'The specified request includes an invalid or expired token.'),
  });
  return answer({
    SuppressedDestinationSummaries: items.map(summary),
    ...(next === undefined ? {} : { NextToken: next }),
  });
};

const summary = ({ address, reason, updatedAt }: SuppressedDestination) => ({
  EmailAddress: address,
  Reason: reason,
  // Seconds with a fraction: restJson1's time inside a body.
  LastUpdateTime: updatedAt / 1000,
});

const sortKey = ({ updatedAt, address }: SuppressedDestination) => `${String(updatedAt).padStart(16, '0')} ${address}`;

const notOnList = (address: string) =>
  notFound(`Email address ${keyOf(address)} does not exist on your suppression list.`);

const refuseTenant = (name: string | undefined) => {
  if (name !== undefined) throw notFound(`Tenant ${name} does not exist: the simulated SES has no tenants.`);
};

const readAddress = (text: string | undefined): string => {
  if (text === undefined || text.trim() === '') throw badRequest('EmailAddress is required.');
  return mailbox(text).address;
};

const readReason = (text: string | undefined): Reason => {
  if (text === 'BOUNCE' || text === 'COMPLAINT') return text;
  throw badRequest(`Reason must be one of [BOUNCE, COMPLAINT], not ${text}.`);
};

const readDate = (text: string | null): number | undefined => {
  if (text === null || text === '') return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badRequest(`'${text}' is not a time.`);
  return time;
};
