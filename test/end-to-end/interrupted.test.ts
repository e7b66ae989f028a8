import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../local/bundle.ts';
import { signal } from '../local/process/start-process.ts';

const RECIPIENTS = 80;
const EVENTS = 40;

type Email = Readonly<{ messageId: string; recipient: string; status: string }>;

/** A stack on a data folder, in a separate process. */
const startOn = async (folder: string) => {
  const { template, assets } = inject('synthesis');
  const synthesis = join(folder, 'synthesis.json');
  writeFileSync(synthesis, JSON.stringify({ template, assets: [...assets] }));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'stack-process.ts'), folder, synthesis, '29'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => signal(child, 'SIGKILL'));
  const ended = once(child, 'exit');
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes('\n')) break;
  }
  const [, url = ''] = /listens on (\S+)/.exec(output) ?? [];
  // biome-ignore lint/suspicious/noExplicitAny: tests read a response at any depth.
  const call = async (method: string, path: string, body?: string): Promise<any> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'key-1' };
    const answer = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) });
    return answer.json();
  };
  const emails = async (): Promise<readonly Email[]> =>
    (await call('GET', '/v1/campaigns/october/recipients?limit=100')).items;
  return {
    ...{ call, emails },
    end: async (name: NodeJS.Signals) => {
      signal(child, name);
      await ended;
    },
  };
};

const until = async (holds: () => Promise<boolean>) => {
  for (let waited = 0; waited < 90_000; waited += 200) {
    if (await holds()) return;
    await sleep(200);
  }
  throw new Error('the state was never reached');
};

const deliveryOf = (n: number) => {
  const at = new Date(Date.now() - 60_000).toISOString();
  const recipient = `member${n}@example.org`;
  return JSON.stringify({
    eventType: 'Delivery',
    mail: { timestamp: at, messageId: `other-${n}`, source: 'office@club.example', destination: [recipient], tags: {} },
    delivery: { timestamp: at, recipients: [recipient], processingTimeMillis: 5, smtpResponse: '250 ok' },
  });
};

const campaign = JSON.stringify({
  ...{ campaignId: 'october', from: 'Office <office@club.example>', subject: 'Hello', text: 'Hello' },
  recipients: Array.from({ length: RECIPIENTS }, (_, n) => ({ email: `member${n}@example.com` })),
});

describe('a local stack with a data folder that ends during sending', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'by %s records every accepted event and sends every email once, after the next start',
    async (name) => {
      const folder = temporaryFolder();
      const first = await startOn(folder);
      await first.call('POST', '/v1/campaigns', campaign);
      await until(async () => (await first.call('GET', '/local/mailbox')).items.length >= 10);
      const accepted = await Promise.all(
        Array.from({ length: EVENTS }, (_, n) => first.call('POST', '/local/sns', deliveryOf(n))),
      );
      await first.end(name);
      expect(accepted).toEqual(Array(EVENTS).fill({ topic: 'delivery' }));

      const second = await startOn(folder);
      await until(async () => (await second.emails()).every(({ status }) => !/^(queued|throttled|sent)$/.test(status)));
      await second.call('POST', '/local/settle');
      const emails = await second.emails();
      const sends = await Promise.all(
        emails.map(async ({ messageId, recipient }) => {
          const { events } = await second.call('GET', `/v1/messages/${messageId}/recipients/${recipient}`);
          return events.filter(({ kind }: { kind: string }) => kind === 'sent').length;
        }),
      );
      const others = await Promise.all(
        Array.from({ length: EVENTS }, (_, n) => second.call('GET', `/v1/messages/other-${n}`)),
      );
      await second.end('SIGTERM');

      // An email that was claimed at the moment of the kill and never reached SES is of unknown outcome until the
      // sweep.
      const inDoubt = emails.filter(({ status }) => status === 'sending').length;
      expect(emails).toHaveLength(RECIPIENTS);
      expect(inDoubt).toBeLessThanOrEqual(name === 'SIGKILL' ? RECIPIENTS / 2 : 0);
      expect(sends.filter((count) => count === 1)).toHaveLength(RECIPIENTS - inDoubt);
      expect(sends.filter((count) => count > 1)).toEqual([]);
      expect(others.map(({ recipients }) => recipients?.[0]?.status)).toEqual(Array(EVENTS).fill('delivered'));
    },
    240_000,
  );
});
