import { vi } from 'vitest';
import { accountReader, connectAccount } from '../../../lambdas/aws/ses/account.ts';
import { connectSender, sendEmail } from '../../../lambdas/aws/ses/send-email.ts';
import { collectIn, type Published, startSes } from '../../local/ses/ses-server.ts';

/** Milliseconds that the senders of these tests wait for an answer of SES. */
export const PATIENCE = 250;

/**
 * The simulated SES, with these settings, and a worker's clients for it: over HTTP, as on AWS, but with short
 * timeouts. It sends an event for each accepted email (Send), and no others.
 */
export const clubSes = async (settings: Readonly<Record<string, unknown>>) => {
  const told: Published[] = [];
  const started = await startSes({
    configurationSets: [{ name: 'club', eventTypes: ['SEND'], publish: collectIn(told) }],
  });
  started.ses.change(settings);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_ENDPOINT_URL_SESV2', started.url);
  const client = connectSender();
  const impatient = { send: (command: unknown) => client.send(command as never, { requestTimeout: PATIENCE }) };
  return {
    ...started,
    told,
    /** What each worker has of its own. */
    worker: () => ({ send: sendEmail(impatient as never, 'club'), account: accountReader(connectAccount(), Date.now) }),
    stop: async () => {
      vi.unstubAllEnvs();
      client.destroy();
      await started.stop();
    },
  };
};
