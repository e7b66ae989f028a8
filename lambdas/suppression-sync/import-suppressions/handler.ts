import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { SesList, SesListPage } from '../../aws/ses/suppression-list.ts';
import type { ImportedSuppressions, ImportProgress } from '../../store/suppressions/ses-import.ts';
import { type SkipDependencies, skipErased } from './skip-erased.ts';

export type Dependencies = SkipDependencies &
  Readonly<{
    suppressions: ImportedSuppressions;
    /** SES's list, whose requests stop when the time (milliseconds) runs out. */
    listFor: (timeLeft: () => number) => SesList;
    /** ISO 8601. */
    now: () => string;
    logger: Pick<Logger, 'info'>;
  }>;

/** The input of the nightly rule and of the command. */
export type ImportRequest = Readonly<{
  /** The most pages to read; without it, as many as there is time for. */
  pages?: number;
}>;

/** The totals of the import since it began, and whether it is complete. */
export type ImportAnswer = Readonly<Omit<ImportProgress, 'token'> & { done: boolean }>;

/** Milliseconds that a page may take, including retries; with less time left, none is started. */
const A_PAGE = 60_000;

const BEGINNING: ImportProgress = { pages: 0, entries: 0, imported: 0 };

/**
 * Imports entries of SES's list that the table lacks, page by page. The progress is stored after each page, and the next
 * invocation, by the nightly rule or a command, continues from there. Importing a page twice changes nothing.
 */
export const createHandler =
  ({ suppressions, listFor, now, logger, ...leavingOut }: Dependencies) =>
  async ({ pages = Number.POSITIVE_INFINITY }: ImportRequest, context: Pick<Context, 'getRemainingTimeInMillis'>) => {
    const timeLeft = () => context.getRemainingTimeInMillis();
    const list = listFor(timeLeft);
    let progress = (await suppressions.progress()) ?? BEGINNING;
    let done = false;
    for (let page = 0; !done && page < pages && (page === 0 || timeLeft() > A_PAGE); page++) {
      const read = await pageOrBeginning(list, progress);
      const { entries } = read.page;
      const imported = await suppressions.bringIn(entries, now(), await skipErased(entries, now(), leavingOut));
      progress = {
        ...(read.page.next !== undefined && { token: read.page.next }),
        pages: read.since.pages + 1,
        entries: read.since.entries + read.page.entries.length,
        imported: read.since.imported + imported,
      };
      await suppressions.saveProgress(progress);
      done = read.page.next === undefined;
    }
    const { token: _, ...counts } = progress;
    const answer: ImportAnswer = { ...counts, done };
    logger.info('imported', answer);
    return answer;
  };

/** If SES no longer accepts the token, the list is read from its beginning. */
const pageOrBeginning = async (
  list: SesList,
  since: ImportProgress,
): Promise<Readonly<{ page: SesListPage; since: ImportProgress }>> => {
  try {
    return { page: await list.page(since.token), since };
  } catch (error) {
    const refused = error instanceof Error && /InvalidNextToken|BadRequest/.test(error.name);
    if (since.token === undefined || !refused) throw error;
    return { page: await list.page(undefined), since: BEGINNING };
  }
};
