import { onTestFinished } from 'vitest';
import type { SimulatedSesOptions } from '../../../local/ses/simulated-ses.ts';
import { html, mailTo, type Published, startSes } from './ses-server.ts';

export const START = Date.parse('2026-11-24T10:00:00.000Z');

/** A simulated SES whose clock stands still, for one test. */
export const start = async (options: Partial<SimulatedSesOptions> = {}) => {
  const ses = await startSes({ clock: () => START, ...options });
  onTestFinished(ses.stop);
  return ses;
};

/** A body with one link, tagged. */
export const LINKS = '<a href="https://club.example/a?x=1&amp;y=2" ses:tags="part:top;kind:news">a</a>';

/** Sends a mailing of 40 emails, one recipient each, and returns all published events. */
export const mailing = async (ses: Awaited<ReturnType<typeof startSes>>, body: string) => {
  for (let index = 0; index < 40; index += 1) {
    await ses.send({ ...mailTo(`p${index}@example.com`), Content: html(body) });
  }
  await ses.settle();
  return ses.published;
};

export const ofType = (published: readonly Published[], type: string) =>
  published.filter(({ eventType }) => eventType === type);
