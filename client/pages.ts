/** What the pages of a list have in common. */
type Page = Readonly<{ items: readonly unknown[]; nextCursor?: string }>;
type Asked = Readonly<{ params?: { query?: Readonly<Record<string, unknown>> } }>;
/** Asks for one page; `headers` and `parseAs` are for CSV. */
export type AskForPage = (
  path: string,
  init: Asked & { headers?: Record<string, string>; parseAs?: 'text' },
) => Promise<{ data: unknown; response: Response }>;

/** The init with the cursor in the place of the one before. The filters stay: a cursor brings them along, and takes the same. */
const at = (init: Asked | undefined, cursor: string | undefined): Asked => ({
  ...init,
  params: { ...init?.params, query: { ...init?.params?.query, ...(cursor !== undefined && { cursor }) } },
});

/** The pages of a list, each asked for when it is wanted. */
export async function* pagesOf(ask: AskForPage, path: string, init?: Asked): AsyncGenerator<Page, void, undefined> {
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
  init?: Asked,
): AsyncGenerator<unknown, void, undefined> {
  for await (const { items } of pagesOf(ask, path, init)) yield* items;
}

/** The pages of a list as CSV; the header row, which every page has, only once. */
export async function* csvOf(ask: AskForPage, path: string, init?: Asked): AsyncGenerator<string, void, undefined> {
  let cursor: string | undefined;
  do {
    const asked = { ...at(init, cursor), headers: { accept: 'text/csv' }, parseAs: 'text' } as const;
    const { data, response } = await ask(path, asked);
    const text = data as string;
    // No name of a column has a line end in it.
    yield cursor === undefined ? text : text.slice(text.indexOf('\n') + 1);
    cursor = response.headers.get('x-next-cursor') ?? undefined;
  } while (cursor !== undefined);
}
