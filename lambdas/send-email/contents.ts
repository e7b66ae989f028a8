import { type Renderer, renderer } from '../sending/render.ts';
import type { Mailings } from '../store/mailings.ts';
import { NotSendable } from './came.ts';

/** Gives a mailing's content, ready to be filled. */
export type Contents = (mailingId: string) => Promise<Renderer>;

/** A mailing's content never changes, so it is read once for as many of its emails as come in a row. */
export const contents = (mailings: Pick<Mailings, 'readContent'>): Contents => {
  const known = new Map<string, Promise<Renderer>>();
  const read = async (mailingId: string): Promise<Renderer> => {
    const content = await mailings.readContent(mailingId);
    if (content === undefined) throw new NotSendable('the mailing has no content');
    return renderer(content);
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
