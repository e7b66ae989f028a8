import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptLink, withWholeLink } from '../../../lambdas/domain/ses-events/clicked-link.ts';
import type { Fact, FactDetails } from '../../../lambdas/domain/status/fact.ts';

const UUID = '550e8400-e29b-41d4-a716-446655440000';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMDQyIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const TOKENS = [
  UUID,
  JWT,
  'aB3dE5fG7hI9jK1lM3nO',
  '9f86d081884c7d659a2feaa0c55ad015',
  'QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
  'QWxhZGRpbjpvcGVuIHNlc2FtZQ',
  'JBSWY3DPEHPK3PXPJBSWY3DP',
  'ab12-cd34-ef56-gh78-ij90-kl12',
  '12345678901234567890',
  'kq3Zr0vJd8_W2mTn5XbLs-a9Hc7Pf1Ye4Gu6Ro0Iw',
];

describe('a kept link', () => {
  it.each([
    ['https://club.example/agenda', 'https://club.example/agenda'],
    ['https://club.example/reset?token=abc&member=1042', 'https://club.example/reset?token=…&member=…'],
    [
      'https://club.example/a?utm_source=news&id=7&utm_campaign=may',
      'https://club.example/a?utm_source=news&id=…&utm_campaign=may',
    ],
    ['https://club.example/a?UTM_Source=news', 'https://club.example/a?UTM_Source=news'],
    ['https://club.example/a#access_token=abc', 'https://club.example/a'],
    ['https://club.example/a?b=1#c?d=2', 'https://club.example/a?b=…'],
    ['https://kim:secret@club.example:8443/a', 'https://club.example:8443/a'],
    ['https://kim@home:secret@club.example/a', 'https://club.example/a'],
    ['https://club.example?token=abc', 'https://club.example?token=…'],
    ['https://club.example/a?4f3a9c', 'https://club.example/a?…'],
    ['https://club.example/a?print', 'https://club.example/a?print'],
    ['https://club.example/a?id=', 'https://club.example/a?id='],
    ['https://club.example/a?x=a=b&&y', 'https://club.example/a?x=…&&y'],
    [`https://club.example/a?${UUID}=1`, 'https://club.example/a?…=…'],
    [`https://club.example/verify/${UUID}/now`, 'https://club.example/verify/…/now'],
    ['https://mail.club.example/u/eyJtIjoiMDFKRDlRNlczWks3.kq3Zr0vJd8W2mTn5XbLs', 'https://mail.club.example/u/…'],
    ['https://mail.club.example/r/eyJtIjoiMDFKRDlRNlczWks3.kq3Zr0vJd8.gif', 'https://mail.club.example/r/…'],
    ['https://mail.club.example/u/one-two-three-four-five-six)', 'https://mail.club.example/u/…'],
    ['https://club.example/u/membership', 'https://club.example/u/membership'],
    ['https://club.example/page;jsessionid=1A2B3C', 'https://club.example/…'],
    ['https://club.example/members/bo%40example.net', 'https://club.example/members/…'],
    ['https://club.example/go/https%3A%2F%2Fa.example%2F%3Ftoken%3Dabc', 'https://club.example/go/…'],
    ['https://social.example/@club', 'https://social.example/@club'],
    ['mailto:bo@example.net?subject=hi', 'mailto:…?subject=…'],
    ['https://mail.club.example/u/one-two-three-four-f', 'https://mail.club.example/u/…'],
    ['https://mail.club.example/u/one-two-three-four-', 'https://mail.club.example/u/one-two-three-four-'],
    ['https://club.example/a?=abc', 'https://club.example/a?=…'],
    ['https://club.example/a?x4f3a9c', 'https://club.example/a?…'],
    ['https://club.example/a?a_query_that_is_no_word', 'https://club.example/a?…'],
    ['https://club.example/a?my_utm_source=abc', 'https://club.example/a?my_utm_source=…'],
    ['https://club.example/a?utm_source[]=abc', 'https://club.example/a?utm_source[]=…'],
    ['https://club.example/a/x7K9', 'https://club.example/a/x7K9'],
    ['', ''],
  ])('of %s is %s', (link, kept) => {
    expect(keptLink(link)).toBe(kept);
  });

  it.each(TOKENS)('has no token in its path: %s', (token) => {
    expect(keptLink(`https://club.example/vote/${token}`)).toBe('https://club.example/vote/…');
  });

  it.each([
    'annual-general-meeting-2026-agenda',
    'jahreshauptversammlung-2026-protokoll.pdf',
    'donaudampfschifffahrtsgesellschaft',
    'jahreshauptversammlung2026',
    'IMG_20260714_181530.jpg',
    'Screenshot%202026-07-14%20at%2018.15.30.png',
    'AnnualReportOfTheTreasurer2026.pdf',
    'mitgliederversammlung_der_jugend_u18_u16',
    'm%C3%A4nner-und-frauen-turnier-gruppe-b',
    '%E5%B9%B4%E6%AC%A1%E7%B7%8F%E4%BC%9A-%E8%AD%B0%E4%BA%8B%E9%8C%B2-%E6%9D%B1%E4%BA%AC-%E5%A4%A7%E9%98%AA-%E4%BA%AC%E9%83%BD-%E6%9C%AD',
    '2026-11-24-christmas-market-2nd-edition',
    '(annual-general-meeting)-2026',
    'gruppe-u18-jugend-u16',
    '--------------------',
  ])('keeps a page by its name: %s', (name) => {
    expect(keptLink(`https://club.example/news/${name}`)).toBe(`https://club.example/news/${name}`);
  });

  const aPiece = fc.oneof(
    fc.constantFrom('/', '?', '&', '=', '#', '@', '//', 'https:', '…', '%', '%40', '.', '-', ';', ' ', '\n', '\\'),
    fc.constantFrom(...TOKENS, 'agenda', 'u', 'utm_source', '2026', '🦊', 'ü', '…abcdefghijk'),
    fc.string({ maxLength: 5 }),
  );

  it('is itself when it is cut again, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(aPiece, { maxLength: 12 }), (pieces) => {
        const once = keptLink(pieces.join(''));

        expect(keptLink(once)).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });

  it('holds no value of a query, wherever it stands', () => {
    const aName = fc.constantFrom('id', 'token', 'a[]', 'member.no', 'x-1');
    fc.assert(
      fc.property(fc.array(aName, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '#f'), (names, end) => {
        const kept = keptLink(`https://club.example/a?${names.map((name) => `${name}=SECRET`).join('&')}${end}`);

        expect(kept).toBe(`https://club.example/a?${names.map((name) => `${name}=…`).join('&')}`);
      }),
    );
  });
});

describe('a click with the whole link', () => {
  const clicked = (details: FactDetails): Fact => ({ kind: 'clicked', at: '2026-11-24T10:00:00.000Z', details });

  it('has it in place of the kept one, beside all else', () => {
    const link = 'https://club.example/reset?token=abc';

    expect(withWholeLink(clicked({ unsubscribe: 'yes', link }))).toStrictEqual(
      clicked({ unsubscribe: 'yes', url: link }),
    );
  });

  it.each<FactDetails>([{ link: 'https://club.example/agenda' }, { automated: 'yes' }, {}])(
    'is the same where nothing would be left out: %j',
    (details) => {
      expect(withWholeLink(clicked(details))).toStrictEqual(clicked(details));
    },
  );
});
