import { getAccount } from './account.ts';
import { createCallRate } from './call-rate.ts';
import { type ConfigurationSet, listConfigurationSets } from './configuration-sets.ts';
import type { Control } from './control.ts';
import type { Identities } from './identities.ts';
import * as identityCalls from './identity-api.ts';
import { readBody, readQuery, type SesAnswer, type SesRequest, textMember } from './rest-json.ts';
import type { SendingLimits } from './sending-limits.ts';
import * as suppression from './suppression-api.ts';
import type { SuppressionList } from './suppression-list.ts';

/** What the operations act on. */
export type Account = Readonly<{
  sendEmail: Call;
  configurationSets: readonly ConfigurationSet[];
  identities: Identities;
  list: SuppressionList;
  control: Control;
  limits: SendingLimits;
  /** Milliseconds since 1970. */
  clock: () => number;
}>;

/** @param label the decoded value of `{}` in the path */
export type Call = (request: SesRequest, label: string) => SesAnswer | Promise<SesAnswer>;

/** The supported SESv2 operations, by method and path. */
export const operations = (account: Account): Readonly<Record<string, Call>> => {
  const { sendEmail, configurationSets, identities, list, control, limits, clock } = account;
  const rate = createCallRate(clock);
  const limited =
    (action: string, call: Call): Call =>
    (request, label) => {
      rate(action, control.settings().identityCallRate);
      return call(request, label);
    };
  return {
    'POST outbound-emails': sendEmail,
    'GET account': () => getAccount(control.settings(), limits.last24Hours(clock())),
    'POST identities': limited('CreateEmailIdentity', (request) =>
      identityCalls.createEmailIdentity(identities, request),
    ),
    'GET identities/{}': limited('GetEmailIdentity', (_, name) => identityCalls.getEmailIdentity(identities, name)),
    'DELETE identities/{}': limited('DeleteEmailIdentity', (_, name) =>
      identityCalls.deleteEmailIdentity(identities, name),
    ),
    // Lists are requested in two ways: with a query, and as newer SDKs do.
    ...listed('identities', 'list-identities', (size, token) => {
      rate('ListEmailIdentities', control.settings().identityCallRate);
      return identityCalls.listEmailIdentities(identities, size, token);
    }),
    ...listed('configuration-sets', 'list-configuration-sets', (size, token) =>
      listConfigurationSets(configurationSets, size, token),
    ),
    'PUT suppression/addresses': (request) => suppression.putSuppressedDestination(list, request, clock()),
    'GET suppression/addresses': (request) => suppression.listSuppressedDestinations(list, request),
    'GET suppression/addresses/{}': (request, address) => suppression.getSuppressedDestination(list, address, request),
    'DELETE suppression/addresses/{}': (request, address) =>
      suppression.deleteSuppressedDestination(list, address, request),
  };
};

const listed = (
  get: string,
  post: string,
  list: (size: unknown, token: string | undefined) => SesAnswer,
): Readonly<Record<string, Call>> => ({
  [`GET ${get}`]: (request) => {
    const query = readQuery(request);
    return list(query.get('PageSize'), query.get('NextToken') ?? undefined);
  },
  [`POST ${post}`]: (request) => {
    const body = readBody(request);
    return list(body.PageSize, textMember(body, 'NextToken'));
  },
});
