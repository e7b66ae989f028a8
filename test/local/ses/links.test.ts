import { expect, it } from 'vitest';
import { trackedLinks } from '../../../local/ses/links.ts';

it.each([
  ['a link in double quotes', '<a href="https://a.example/">', ['https://a.example/']],
  [
    'a link in single quotes, over several lines',
    "<A\n class='x'\n HREF='http://a.example/?x=1&amp;y=2'>",
    ['http://a.example/?x=1&y=2'],
  ],
  [
    'several links',
    '<a href="https://a.example"></a><a href="https://b.example">',
    ['https://a.example', 'https://b.example'],
  ],
  [
    'a link with HTML escapes',
    '<a href="https://a.example/?n=O&#39;Neil&amp;x=&quot;&lt;&gt;&amp;lt;">',
    [`https://a.example/?n=O'Neil&x="<>&lt;`],
  ],
  ['nothing in other schemes', '<a href="mailto:a@b.example"><a href="tel:1"><a href="#top">', []],
  ['nothing marked as not to be tracked', '<a ses:no-track href="https://a.example">', []],
  ['nothing outside of an anchor', '<abbr href="https://a.example"><link href="https://a.example">', []],
])('SES tracks %s', (_, html, urls) => {
  expect(trackedLinks(html).map(({ url }) => url)).toEqual(urls);
});

it('SES tracks the first 250 links', () => {
  const html = Array.from({ length: 251 }, (_, index) => `<a href="https://a.example/${index}">`).join('');

  expect(trackedLinks(html)).toHaveLength(250);
});

it('a link’s tags are lists, and null if it has none', () => {
  const [tagged, plain] = trackedLinks('<a href="https://a.example" ses:tags="a:b;c:d;"><a href="https://a.example">');

  expect(tagged?.tags).toEqual({ a: ['b'], c: ['d'] });
  expect(plain?.tags).toBeNull();
});
