import { WrongSettings } from '../ses/settings.ts';
import type { SimulatedSes } from '../ses/simulated-ses.ts';
import { type Answer, json, type Request } from './exchange.ts';
import { problem } from './problem.ts';

/** What the routes of the simulated SES need. */
export type LocalSes = Pick<SimulatedSes, 'show' | 'change' | 'mailbox'>;

export const showSes = (ses: LocalSes): Answer => json(200, ses.show());

/** Changes the settings that the body names, and returns all of them. */
export const changeSes = ({ body }: Request, ses: LocalSes): Answer => {
  try {
    ses.change(parse(body.toString('utf8')));
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    return problem(400, 'Bad Request', `${error.message} Nothing was changed.`);
  }
  return showSes(ses);
};

export const showMailbox = (query: URLSearchParams, ses: LocalSes): Answer =>
  json(200, { items: ses.mailbox(query.get('to') ?? undefined) });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongSettings('The body is not JSON.');
  }
};
