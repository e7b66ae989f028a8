import { describe, expect, it } from 'vitest';
import { answering, json } from './responses.ts';

/** Three pages, the middle one empty, as a filtered list may have. */
const PAGES: Readonly<Record<string, { items: readonly number[]; nextCursor?: string }>> = {
  first: { items: [1, 2], nextCursor: 'c2' },
  c2: { items: [], nextCursor: 'c3' },
  c3: { items: [3] },
};
const cursorOf = ({ url }: Request) => new URL(url).searchParams.get('cursor') ?? 'first';
const list = () => answering((request) => json(PAGES[cursorOf(request)]));
const query = { status: 'sent', limit: 2 } as const;

describe('each', () => {
  it('yields every entry of every page', async () => {
    const { mailtrail } = list();

    expect(await Array.fromAsync(mailtrail.each('/v1/messages'))).toEqual([1, 2, 3]);
  });

  it('requests a page when it is read, and none after that', async () => {
    const { mailtrail, requests } = list();
    for await (const _ of mailtrail.each('/v1/messages')) if (requests.length === 1) break;

    expect(requests).toHaveLength(1);
  });

  it('repeats the filters, the limit and the path with each cursor', async () => {
    const { mailtrail, requests } = list();
    const params = { path: { email: 'ann@example.com' }, query };
    await Array.fromAsync(mailtrail.each('/v1/recipients/{email}/messages', { params }));

    const path = 'https://api.example/v1/recipients/ann%40example.com/messages?status=sent&limit=2';
    expect(requests.map(({ url }) => url)).toEqual([path, `${path}&cursor=c2`, `${path}&cursor=c3`]);
    expect(params.query).toEqual(query);
  });

  it('continues from a given cursor', async () => {
    const { mailtrail } = list();

    expect(await Array.fromAsync(mailtrail.each('/v1/messages', { params: { query: { cursor: 'c2' } } }))).toEqual([3]);
  });

  it('throws a page’s error after the entries before it', async () => {
    const { mailtrail } = answering((request) =>
      cursorOf(request) === 'first' ? json(PAGES.first) : json({ message: 'Too Many Requests' }, 429),
    );
    const seen: unknown[] = [];
    const all = async () => {
      for await (const entry of mailtrail.each('/v1/messages')) seen.push(entry);
    };

    await expect(all()).rejects.toMatchObject({ status: 429 });
    expect(seen).toEqual([1, 2]);
  });
});

describe('pages', () => {
  it('yields each page, including an empty one', async () => {
    const { mailtrail } = list();

    expect(await Array.fromAsync(mailtrail.pages('/v1/messages'))).toEqual(Object.values(PAGES));
  });
});

describe('csv', () => {
  const CSV: Readonly<Record<string, Response>> = {
    first: new Response('at,subject\r\n1,"a\r\nb"\r\n', { headers: { 'x-next-cursor': 'c2' } }),
    c2: new Response('at,subject\r\n', { headers: { 'x-next-cursor': 'c3' } }),
    c3: new Response('at,subject\r\n2,c\r\n'),
  };

  it('yields parts of one document, with one header row', async () => {
    const { mailtrail, requests } = answering((request) => CSV[cursorOf(request)]?.clone() ?? Response.error());
    const pieces = await Array.fromAsync(mailtrail.csv('/v1/messages', { params: { query } }));

    expect(pieces.join('')).toBe('at,subject\r\n1,"a\r\nb"\r\n2,c\r\n');
    expect(requests.map(({ headers }) => headers.get('accept'))).toEqual(Array(3).fill('text/csv'));
    expect(requests.at(-1)?.url).toBe('https://api.example/v1/messages?status=sent&limit=2&cursor=c3');
  });

  it('throws an error response like any other', async () => {
    const { mailtrail } = answering(() => json({ message: 'Forbidden' }, 403));

    await expect(mailtrail.csv('/v1/messages').next()).rejects.toMatchObject({ status: 403 });
  });
});
