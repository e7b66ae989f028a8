import type { Identities, Identity } from './identities.ts';
import { page, readPageSize } from './paging.ts';
import { mailbox } from './recipient.ts';
import {
  answer,
  badRequest,
  notFound,
  readBody,
  type SesAnswer,
  SesError,
  type SesRequest,
  textMember,
} from './rest-json.ts';

/**
 * CreateEmailIdentity. The identity is verified at once: no DNS records are checked.
 *
 * @throws SesError AlreadyExistsException for an existing one, BadRequestException if it is neither a domain nor an
 * address
 */
export const createEmailIdentity = (identities: Identities, request: SesRequest): SesAnswer => {
  const name = textMember(readBody(request), 'EmailIdentity') ?? '';
  if (name.includes('@')) mailbox(name);
  else if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name))
    throw badRequest(`'${name}' is neither a domain nor an email address.`);
  if (identities.get(name) !== undefined) {
    throw new SesError('AlreadyExistsException', `Email identity ${name} already exist.`);
  }
  identities.put(name, true);
  return answer({ IdentityType: typeOf(name), VerifiedForSendingStatus: true, DkimAttributes: dkim(true) });
};

/**
 * GetEmailIdentity.
 *
 * @throws SesError NotFoundException if there is no such identity, even if a verified domain covers it
 */
export const getEmailIdentity = (identities: Identities, name: string): SesAnswer => {
  const verified = identities.get(name);
  if (verified === undefined) throw missing(name);
  return answer({
    IdentityType: typeOf(name),
    FeedbackForwardingStatus: true,
    VerifiedForSendingStatus: verified,
    VerificationStatus: statusOf(verified),
    DkimAttributes: dkim(verified),
    MailFromAttributes: { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
    Policies: {},
    Tags: [],
  });
};

/** DeleteEmailIdentity. @throws SesError NotFoundException if there is no such identity */
export const deleteEmailIdentity = (identities: Identities, name: string): SesAnswer => {
  if (!identities.delete(name)) throw missing(name);
  return answer({});
};

/**
 * ListEmailIdentities: pages of 1,000 at most.
 *
 * @throws SesError BadRequestException on a page size or a token SES refuses
 */
export const listEmailIdentities = (identities: Identities, size: unknown, token: string | undefined): SesAnswer => {
  const wanted = { size: readPageSize(size), token };
  const { items, next } = page(identities.entries(), ({ name }) => name, wanted, {
    scope: 'identities',
    usual: 100,
    most: 1000,
    badSize: () => badRequest('The page size must be between 1 and 1000'),
    badToken: (bad) => badRequest(`invalid nextToken ${bad}`),
  });
  return answer({ EmailIdentities: items.map(summary), ...(next === undefined ? {} : { NextToken: next }) });
};

const summary = ({ name, verified }: Identity) => ({
  IdentityType: typeOf(name),
  IdentityName: name,
  SendingEnabled: verified,
  VerificationStatus: statusOf(verified),
});

const typeOf = (name: string) => (name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN');
const statusOf = (verified: boolean) => (verified ? 'SUCCESS' : 'PENDING');
const dkim = (verified: boolean) => ({ SigningEnabled: true, Status: statusOf(verified) });
const missing = (name: string) => notFound(`Email identity ${name} does not exist.`);
