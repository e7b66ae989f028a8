import { describe, expect, it } from 'vitest';
import { delivery } from '../../../lambdas/domain/ses-events/delivery.ts';
import { addressees, type Message } from '../../../lambdas/domain/ses-events/mail.ts';

const AT = '2026-11-24T10:00:03.120Z';
const ARRIVED_AT = '2026-11-24T10:00:09.000Z';
const message: Message = {
  ...{ messageId: 'own-1', sesMessageId: 'ses-1' },
  destinations: addressees(['Ann@example.com']),
};
const told = (body: object) => delivery({ delivery: { timestamp: AT, ...body } }, message, ARRIVED_AT);

describe('a delivery', () => {
  it('has the mail server’s answer for each recipient it names', () => {
    expect(told({ recipients: ['ann@example.com'], smtpResponse: '250 2.0.0 OK' })).toEqual({
      facts: [
        {
          ...{ recipient: 'ann@example.com', spellings: ['Ann@example.com'] },
          fact: { kind: 'delivered', at: AT, details: { response: '250 2.0.0 OK' } },
        },
      ],
    });
  });

  it.each([[undefined], [null], [[]], [['nobody']]])('to nobody named is the message’s alone: %j', (recipients) => {
    expect(told({ recipients }).facts).toEqual([
      { recipient: '*', spellings: [], fact: { kind: 'delivered', at: AT, details: {} } },
    ]);
  });

  it('to another address is the only destination’s, and says which', () => {
    expect(told({ recipients: ['ann@example.net'] }).facts).toMatchObject([
      { recipient: 'ann@example.com', fact: { details: { named: 'ann@example.net' } } },
    ]);
  });
});
