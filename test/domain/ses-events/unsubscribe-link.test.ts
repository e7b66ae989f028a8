import { describe, expect, it } from 'vitest';
import { isUnsubscribeLink } from '../../../lambdas/domain/ses-events/unsubscribe-link.ts';

const TOKEN = 'eyJtIjoiMDFKRDlRNlczWks3TTRYUjVUOFYyTjBCWUUifQ.kq3Zr0vJd8_W2mTn5XbLs-a9Hc7Pf1Ye4Gu6Ro0Iw';
const header = (value: string, name = 'List-Unsubscribe') => [
  { name: 'From', value: 'Club <office@club.example>' },
  { name, value },
];

describe('an unsubscribe link', () => {
  it.each(['', '/', '.', ').', '%3E', '>', '"', ',', '?utm_source=may', '&x=1', '#top'])(
    'is one of ours with “%s” behind it',
    (end) => {
      expect(isUnsubscribeLink(`https://mail.club.example/u/${TOKEN}${end}`)).toBe(true);
    },
  );

  it.each([
    'https://a1b2.user-subscription.com/leave?x=1',
    'https://eu-west-1.a.user-subscription.com./x',
    'https://USER-subscription.com/x',
  ])('is SES’s page: %s', (link) => {
    expect(isUnsubscribeLink(link)).toBe(true);
  });

  it.each([
    ['as it is', '<https://lists.example/leave?id=k7>', 'https://lists.example/leave?id=k7'],
    [
      'among others',
      '<mailto:x@lists.example>, <https://lists.example/leave?id=k7>',
      'https://lists.example/leave?id=k7',
    ],
    ['in a folded header', '<https://lists.example/\r\n leave?id=k7>', 'https://lists.example/leave?id=k7'],
    ['in a header without brackets', 'https://lists.example/leave?id=k7', 'https://lists.example/leave?id=k7'],
    [
      'with more parameters',
      '<https://lists.example/leave?id=k7>',
      'https://lists.example/leave?a=1&id=k7&utm_source=x',
    ],
    [
      'with a parameter, where it had none',
      '<https://lists.example/leave/k7>',
      'https://lists.example/leave/k7?src=mail',
    ],
    [
      'encoded otherwise',
      '<https://lists.example/leave/a%2Bb?id=k+7%2F8>',
      'https://lists.example/leave/a+b?id=k%207/8',
    ],
    ['encoded twice', '<https://lists.example/leave?id=k%2F7%3D>', 'https://lists.example/leave?id=k%252F7%253D'],
    [
      'with a plus sign in base64',
      '<https://lists.example/leave?id=a+b==>',
      'https://lists.example/leave?id=a%2Bb%3D%3D',
    ],
    ['with ampersands of HTML', '<https://lists.example/leave?id=1&l=2>', 'https://lists.example/leave?id=1&amp;l=2'],
    ['with the host in capitals', '<https://Lists.Example/leave?id=k7>', 'https://LISTS.example:443/leave?id=k7'],
    ['by http', '<https://lists.example/leave?id=k7>', 'http://lists.example/leave?id=k7'],
    ['with a slash at the end', '<https://lists.example/leave/k7>', 'https://lists.example/leave/k7/'],
    ['with a full stop', '<https://lists.example/leave?id=k7>', 'https://lists.example/leave?id=k7.'],
    ['with a bracket', '<https://lists.example/leave?id=k7>', 'https://lists.example/leave?id=k7%3E'],
    ['with a fragment', '<https://lists.example/leave?id=k7>', 'https://lists.example/leave?id=k7#leave'],
    ['with a full stop and a blank', '<https://lists.example/leave?id=k7>', 'https://lists.example/leave?id=k7. '],
    ['with two slashes at the end', '<https://lists.example/leave/k7>', 'https://lists.example/leave/k7//'],
    ['with a percent sign that encodes nothing', '<https://lists.example/100%/k7>', 'https://lists.example/100%/k7'],
    ['among others without brackets', 'https://a.example, https://lists.example/k7', 'https://lists.example/k7'],
    ['of a front page', '<https://lists.example>', 'https://lists.example/'],
    ['of a front page with a parameter', '<https://lists.example/?id=k7>', 'https://lists.example/?id=k7&a=1'],
  ])('is the URL of the email’s own List-Unsubscribe %s', (_, value, link) => {
    expect(isUnsubscribeLink(link, header(value))).toBe(true);
    expect(isUnsubscribeLink(link, header(value, 'LIST-UNSUBSCRIBE'))).toBe(true);
    expect(isUnsubscribeLink(link, header(value, ' List-Unsubscribe '))).toBe(true);
    expect(isUnsubscribeLink(link, header(value, 'List-Help'))).toBe(false);
    expect(isUnsubscribeLink(link)).toBe(false);
  });

  it.each([
    ['another member’s', '<https://lists.example/leave?id=k7>', 'https://lists.example/leave?id=k8'],
    ['without the parameter', '<https://lists.example/leave?id=k7>', 'https://lists.example/leave'],
    ['on another host', '<https://lists.example/leave?id=k7>', 'https://club.example/leave?id=k7'],
    ['on another path', '<https://lists.example/leave?id=k7>', 'https://lists.example/news?id=k7'],
    ['on another path that is not well encoded', '<https://lists.example/100%/k7>', 'https://lists.example/100%/k8'],
    ['on a path in other case', '<https://lists.example/leave/K7>', 'https://lists.example/leave/k7'],
    ['of a page behind the front page', '<https://lists.example/>', 'https://lists.example/?page=news'],
    ['of an address', '<mailto:leave@lists.example>', 'https://lists.example/'],
    ['of no URL', '<>, <nothing>, <http:>', 'https://lists.example/'],
  ])('is not one %s', (_, value, link) => {
    expect(isUnsubscribeLink(link, header(value))).toBe(false);
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [[null, 'x', { name: 'List-Unsubscribe' }, { value: '<https://a.example>' }]],
  ])('is told without headers that can be read: %j', (headers) => {
    expect(isUnsubscribeLink('https://a.example', headers)).toBe(false);
    expect(isUnsubscribeLink(`https://mail.club.example/u/${TOKEN}`, headers)).toBe(true);
  });

  it('is not what is no link', () => {
    expect(isUnsubscribeLink('lists.example/leave', header('<https://lists.example/leave>'))).toBe(false);
    expect(isUnsubscribeLink('mailto:leave@lists.example', header('<mailto:leave@lists.example>'))).toBe(false);
    expect(isUnsubscribeLink(`shttp://mail.club.example/u/${TOKEN}`)).toBe(false);
  });
});
