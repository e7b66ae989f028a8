import { inject } from 'vitest';
import { createMailtrail, type Schemas } from '../../client/index.ts';
import { sigV4 } from '../../client/sigv4.ts';
import { type Stack, type StackOptions, startStack } from '../../local/process/stack.ts';
import type { KeptEmail } from '../../local/ses/kept-mail.ts';
import type { SesSettings } from '../../local/ses/settings.ts';
import type { Template } from '../../local/template/template.ts';

/** The local stack verifies no signature, but requests are signed as for a deployed one. */
const sign = sigV4({ region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });

/** A running local stack and its API, as used by a front end. */
export const aStack = async (engine: string, more: Partial<StackOptions> = {}) => {
  const { template, assets } = inject('synthesis');
  const synthesis = async () => ({ template: template as Template, assets: new Map(assets), remove: () => {} });
  const stack: Stack = await startStack({ port: 0, engine, quiet: true, synthesis, ...more });
  const send = async (method: string, path: string, options: Pick<RequestInit, 'body' | 'headers'> = {}) => {
    const response = await fetch(`${stack.url}${path}`, { method, ...options });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const call = async (method: string, path: string, body?: string) => {
    const { text, ...answer } = await send(method, path, body === undefined ? {} : { body });
    return { ...answer, body: text === '' ? undefined : JSON.parse(text) };
  };
  const mailtrail = createMailtrail({ url: stack.url, sign });
  return {
    stack,
    mailtrail,
    /** Requests a route outside the contract. */
    call,
    /** The same, with the response as text. */
    send,
    /** Publishes events to the topics of their types, all at once. */
    publish: (...bodies: readonly string[]) => Promise.all(bodies.map((body) => call('POST', '/local/sns', body))),
    /** Waits until nothing is in progress any more. */
    settle: async () => (await call('POST', '/local/settle')).body as { pending: number; deadLetters: number },
    /** The mail that the simulated SES accepted, newest first; only that to one address, if given. */
    mailbox: async (to?: string): Promise<readonly KeptEmail[]> =>
      (await call('GET', `/local/mailbox${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`)).body.items,
    /** Changes the settings of the simulated SES, and returns settings and counters. */
    setSes: async (change: Readonly<{ [Name in keyof SesSettings]?: SesSettings[Name] | null }>) =>
      (await call('PUT', '/local/ses', JSON.stringify(change))).body,
    /** The one email's status, in Mailtrail's vocabulary or another system's. */
    email: async (messageId: string, email: string, vocabulary: Schemas['Vocabulary'] = 'mailtrail') => {
      const params = { path: { messageId, email }, query: { vocabulary } };
      return (await mailtrail.GET('/v1/messages/{messageId}/recipients/{email}', { params })).data;
    },
    /** Why an address is suppressed; throws if it is not. */
    suppression: async (email: string) =>
      (await mailtrail.GET('/v1/suppressions/{email}', { params: { path: { email } } })).data,
    lift: async (email: string) =>
      (await mailtrail.DELETE('/v1/suppressions/{email}', { params: { path: { email } } })).data,
    message: async (messageId: string) =>
      (await mailtrail.GET('/v1/messages/{messageId}', { params: { path: { messageId } } })).data,
    campaign: async (campaignId: string) =>
      (await mailtrail.GET('/v1/campaigns/{campaignId}', { params: { path: { campaignId } } })).data,
    /** The emails to an address. */
    emailsTo: (email: string) =>
      Array.fromAsync(mailtrail.each('/v1/recipients/{email}/messages', { params: { path: { email } } })),
  };
};
