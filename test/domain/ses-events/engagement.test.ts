import { describe, expect, it } from 'vitest';
import { click, open } from '../../../lambdas/domain/ses-events/engagement.ts';
import { addressees, type Message } from '../../../lambdas/domain/ses-events/mail.ts';

const AT = '2026-11-24T11:00:00.000Z';
const ARRIVED_AT = '2026-11-24T11:00:09.000Z';
const CURL = 'curl/8.5.0';
const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const message: Message = {
  ...{ messageId: 'own-1', sesMessageId: 'ses-1' },
  destinations: addressees(['ann@example.com']),
};
const ANN = { recipient: 'ann@example.com', spellings: ['ann@example.com'] };
const opened = (body: object) => open({ open: { timestamp: AT, ...body } }, message, ARRIVED_AT).facts;
const clicked = (body: object, mail?: object) =>
  click({ click: { timestamp: AT, ...body }, mail }, message, ARRIVED_AT).facts;

/** What SES and the user agent say of who it was, and whether that is a machine. */
const WHO = [
  [{}, false],
  [{ userAgent: null }, false],
  [{ userAgent: PERSON }, false],
  [{ userAgent: PERSON, isBotEvent: 'Unlikely' }, false],
  [{ userAgent: PERSON, isBotEvent: 'Novel' }, false],
  [{ userAgent: CURL }, true],
  [{ userAgent: CURL, isBotEvent: 'Unlikely' }, true],
  [{ userAgent: PERSON, isBotEvent: 'Likely' }, true],
  [{ isBotEvent: 'Likely' }, true],
] as const;

describe('an open', () => {
  it.each(WHO)('by %j is a machine’s: %s', (body, isMachine) => {
    const details = isMachine ? { automated: 'yes' } : {};

    expect(opened(body)).toEqual([{ ...ANN, fact: { kind: 'opened', at: AT, details } }]);
  });
});

describe('a click', () => {
  const link = 'https://club.example/agenda';

  it.each(WHO)('by %j is a machine’s: %s', (body, isMachine) => {
    const details = { link, ...(isMachine && { automated: 'yes' }) };

    expect(clicked({ ...body, link })).toEqual([{ ...ANN, fact: { kind: 'clicked', at: AT, details } }]);
  });

  it('on a link of the email’s own List-Unsubscribe header is no interest in it', () => {
    const headers = [{ name: 'List-Unsubscribe', value: '<https://club.example/agenda>' }];

    expect(clicked({ link }, { headers })).toMatchObject([{ fact: { details: { unsubscribe: 'yes', link } } }]);
    expect(clicked({ link }, { headers: [] })[0]?.fact.details).toEqual({ link });
  });

  it.each([[undefined], [null], [''], [7]])('counts though SES names no link: %j', (nothing) => {
    expect(clicked({ link: nothing })).toEqual([{ ...ANN, fact: { kind: 'clicked', at: AT, details: {} } }]);
  });
});
