import type { Mailings } from '../../store/mailings/mailings.ts';
import { type Renderer, renderer } from '../email/render.ts';

/** Returns the renderer of a mailing's content; `undefined` if the mailing has none, or it was deleted. */
export type ContentCache = (mailingId: string) => Promise<Renderer | undefined>;

/** A mailing's content never changes, so it is read once and cached. */
export const contentCache = (mailings: Pick<Mailings, 'readContent'>): ContentCache => {
  const known = new Map<string, Promise<Renderer | undefined>>();
  const read = async (mailingId: string): Promise<Renderer | undefined> => {
    const content = await mailings.readContent(mailingId);
    // Missing content may be restored by hand.
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

/** The content of a mailing has up to 256 KB, and few mailings are being sent at once. */
const MOST = 20;
