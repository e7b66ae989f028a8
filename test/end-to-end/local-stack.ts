import { inject } from 'vitest';
import type { KeptEmail } from '../../local/ses/kept-mail.ts';
import type { SesSettings } from '../../local/ses/settings.ts';
import { type Stack, type StackOptions, startStack } from '../../local/stack.ts';
import type { Template } from '../../local/template/template.ts';

/** A running local stack and its API as a front end sees it. */
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
  return {
    stack,
    call,
    /** The same, with the text as it came. */
    send,
    /** Publishes events to the topics their types belong to, all at once. */
    publish: (...bodies: readonly string[]) => Promise.all(bodies.map((body) => call('POST', '/local/sns', body))),
    /** Waits until nothing is on its way any more. */
    settle: async () => (await call('POST', '/local/settle')).body as { pending: number; deadLetters: number },
    /** What the simulated SES took, newest first; of one address, where one is given. */
    mailbox: async (to?: string): Promise<readonly KeptEmail[]> =>
      (await call('GET', `/local/mailbox${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`)).body.items,
    /** Sets the simulated SES, and tells how it is set and what it has counted. */
    setSes: async (change: Readonly<{ [Name in keyof SesSettings]?: SesSettings[Name] | null }>) =>
      (await call('PUT', '/local/ses', JSON.stringify(change))).body,
    /** The one email's status, in Mailtrail's words or another system's. */
    email: async (messageId: string, address: string, vocabulary?: string) =>
      (
        await call(
          'GET',
          `/v1/messages/${messageId}/recipients/${encodeURIComponent(address)}${vocabulary ? `?vocabulary=${vocabulary}` : ''}`,
        )
      ).body,
  };
};
