import type { Mailings } from '../../store/mailings/mailings.ts';
import { type Renderer, renderer } from '../email/render.ts';

/** Gives a mailing's content, ready to be filled; `undefined` where it has none, or has it no more. */
export type ContentCache = (mailingId: string) => Promise<Renderer | undefined>;

/** A mailing's content never changes, so it is read once for as many of its emails as come in a row. */
export const contentCache = (mailings: Pick<Mailings, 'readContent'>): ContentCache => {
  const known = new Map<string, Promise<Renderer | undefined>>();
  const read = async (mailingId: string): Promise<Renderer | undefined> => {
    const content = await mailings.readContent(mailingId);
    // A content that was missing may be put back by hand.
    if (content === undefined) known.delete(mailingId);
    return content && renderer(content);
  };
  return (mailingId) => {
    const kept = known.get(mailingId);
    if (kept !== undefined) return kept;
    const reading = read(mailingId).catch((error) => {
      known.delete(mailingId);
      throw error;
    });
    known.set(mailingId, reading);
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return reading;
  };
};

/** A content has up to 256 KB, and few mailings are under way at once. */
const MOST = 20;
