import { describe, expect, it } from 'vitest';
import { addressees, readMail } from '../../../lambdas/domain/ses-events/mail.ts';

const ID = '0102019ab4c5e51a-7a9d437f-80d6-5fdf-83b2-f3a3229ebc28-000000';
const read = (mail: object) => readMail({ messageId: ID, ...mail });

describe('an email', () => {
  it('is known by SES’s id, and is told by what every event says of it', () => {
    expect(
      read({
        messageId: ` ${ID}\n`,
        timestamp: '2026-11-24T10:00:01Z',
        source: 'bounces@club.example',
        destination: ['Ann@example.com'],
        commonHeaders: { from: ['Office <office@club.example>', 'b@club.example'], subject: ' October ' },
        tags: { campaign: ['october', 'b'], category: ['news', 'b'], season: ['2026', '2027'] },
      }),
    ).toEqual({
      messageId: ID,
      sesMessageId: ID,
      acceptedAt: '2026-11-24T10:00:01.000Z',
      destinations: [{ recipient: 'ann@example.com', spellings: ['Ann@example.com'] }],
      from: 'Office <office@club.example>',
      envelopeSender: 'bounces@club.example',
      subject: ' October ',
      campaignId: 'october',
      category: 'news',
      tags: { season: ['2026', '2027'] },
    });
  });

  it.each([
    ['nothing', {}],
    ['null', { timestamp: null, source: null, destination: null, commonHeaders: null, tags: null }],
    ['no text', { timestamp: 7, source: 7, commonHeaders: { from: 7, subject: 7 }, tags: { campaign: 7 } }],
    ['empty lists and texts', { source: ' ', commonHeaders: { from: [] }, tags: { campaign: [], category: [''] } }],
  ])('is known by its id alone where the event has %s beside it', (_, mail) => {
    expect(read(mail)).toEqual({ messageId: ID, sesMessageId: ID, destinations: [] });
  });

  it('is from whom its header names, though that is a text', () => {
    expect(read({ commonHeaders: { from: 'office@club.example' } }).from).toBe('office@club.example');
  });

  it('keeps 500 characters of its subject and its sender', () => {
    const [most, more] = ['🦊'.repeat(500), '🦊'.repeat(501)];

    expect(read({ source: more, commonHeaders: { from: [more], subject: more } })).toMatchObject({
      ...{ envelopeSender: most, from: most, subject: most },
    });
  });

  it.each([
    ['the tag mailtrail-id', ['own-1'], 'own-1'],
    ['SES’s id where several are given', ['own-1', 'own-2'], ID],
    ['SES’s id where none is', [], ID],
    ['the one that is a text', ['', 7, 'own-1'], 'own-1'],
  ])('goes by %s', (_, ids, messageId) => {
    expect(read({ tags: { 'mailtrail-id': ids } })).toMatchObject({ messageId, sesMessageId: ID });
  });
});

describe('the tags of an email', () => {
  const tagsOf = (tags: object) => read({ tags }).tags;

  it('are the sender’s own, without SES’s', () => {
    expect(tagsOf({ 'ses:source-ip': ['192.0.2.1'], 'ses:': ['x'], season: ['2026'], 'of-ses:': ['kept'] })).toEqual({
      ...{ season: ['2026'], 'of-ses:': ['kept'] },
    });
    expect(tagsOf({ 'ses:source-ip': ['192.0.2.1'], campaign: ['october'] })).toBeUndefined();
  });

  it('have a name and values of up to 256 characters', () => {
    const longest = 'v'.repeat(256);

    expect(tagsOf({ a: [longest, `${longest}v`], b: [`${longest}v`], '': ['x'], c: ['', 7, null], d: 'x' })).toEqual({
      a: [longest],
    });
  });
});

describe('the addresses of a list', () => {
  it('are each there once, in their order, with every way they were spelled', () => {
    const list = ['Bo@example.net', { emailAddress: 'ann@example.com' }, 'Bo <bo@example.net>', 'Bo@example.net'];

    expect(addressees(list)).toEqual([
      { recipient: 'bo@example.net', spellings: ['Bo@example.net', 'bo@example.net'] },
      { recipient: 'ann@example.com', spellings: ['ann@example.com'] },
    ]);
  });

  it('do not include what is none, so that the others count', () => {
    // SMTP has room for this one, but no longer where its domain is in punycode.
    const tooLong = `${'a'.repeat(306)}@ü.example`;

    expect(addressees([null, 7, {}, { emailAddress: null }, ['ann@example.com'], 'nobody', tooLong])).toEqual([]);
    expect(addressees([undefined, 'nobody', 'ann@example.com'])).toHaveLength(1);
  });
});

describe('an event whose email could not be told from others', () => {
  const longest = 'x'.repeat(512);

  it('is none that has an id of 512 bytes', () => {
    expect(read({ messageId: longest }).messageId).toBe(longest);
    expect(read({ tags: { 'mailtrail-id': ['ü'.repeat(256)] } }).messageId).toBe('ü'.repeat(256));
  });

  it.each([
    [undefined, 'no_mail', 'mail is missing; every SES event carries the mail object of its email'],
    [null, 'no_mail', 'mail is missing; every SES event carries the mail object of its email'],
    ['ann@example.com', 'wrong_shape', 'mail is of type string; SES publishes an object there'],
    [{}, 'no_message_id', 'mail.messageId is no text; without it nobody knows which email this is'],
    [{ messageId: 7 }, 'no_message_id', 'mail.messageId is no text; without it nobody knows which email this is'],
    [{ messageId: ' ' }, 'no_message_id', 'mail.messageId is no text; without it nobody knows which email this is'],
    [{ messageId: `${longest}x` }, 'wrong_shape', "mail.messageId is longer than 512 bytes; SES's ids have about 60"],
    [
      { messageId: ID, tags: { 'mailtrail-id': ['€'.repeat(171)] } },
      'wrong_shape',
      "the tag mailtrail-id is longer than 512 bytes; SES's ids have about 60",
    ],
    [{ messageId: ID, tags: [] }, 'wrong_shape', 'mail.tags is a list; SES publishes an object there'],
    [
      { messageId: ID, destination: 'a' },
      'wrong_shape',
      'mail.destination is of type string; SES publishes a list there',
    ],
  ])('is refused, by what is wrong with it: %j', (mail, code, message) => {
    expect(() => readMail(mail)).toThrow(expect.objectContaining({ code, message }));
  });
});
