/** What the pages of all lists have in common. */
type Page = Readonly<{ items: readonly unknown[]; nextCursor?: string }>;
type AnyInit = Readonly<{ params?: { query?: Readonly<Record<string, unknown>> } }>;
/** Requests one page; `headers` and `parseAs` are for CSV. */
export type AskForPage = (
  path: string,
  init: AnyInit & { headers?: Record<string, string>; parseAs?: 'text' },
) => Promise<{ data: unknown; response: Response }>;

/** The init with the next cursor. The filters are kept: a cursor contains them, and accepts only the same ones. */
const at = (init: AnyInit | undefined, cursor: string | undefined): AnyInit => ({
  ...init,
  params: { ...init?.params, query: { ...init?.params?.query, ...(cursor !== undefined && { cursor }) } },
});

/** The pages of a list, each requested when it is read. */
export async function* pagesOf(ask: AskForPage, path: string, init?: AnyInit): AsyncGenerator<Page, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = (await ask(path, at(init, cursor))).data as Page;
    yield page;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** The entries of a list. */
export async function* entriesOf(
  ask: AskForPage,
  path: string,
  init?: AnyInit,
): AsyncGenerator<unknown, void, undefined> {
  for await (const { items } of pagesOf(ask, path, init)) yield* items;
}

/** The pages of a list as CSV; the header row, which every page has, only once. */
export async function* csvOf(ask: AskForPage, path: string, init?: AnyInit): AsyncGenerator<string, void, undefined> {
  let cursor: string | undefined;
  do {
    const csvInit = { ...at(init, cursor), headers: { accept: 'text/csv' }, parseAs: 'text' } as const;
    const { data, response } = await ask(path, csvInit);
    const text = data as string;
    // Column names contain no line breaks.
    yield cursor === undefined ? text : text.slice(text.indexOf('\n') + 1);
    cursor = response.headers.get('x-next-cursor') ?? undefined;
  } while (cursor !== undefined);
}
