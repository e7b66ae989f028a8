import { beginsLikeToken } from './link-token.ts';

/**
 * Whether a link in an email leads out of a mailing list. Following one is recorded, but it is no interest in the email.
 */
export const isUnsubscribeLink = (link: string): boolean => {
  const url = URL.parse(link);
  return url !== null && (isOurs(url.pathname) || SES_PAGE.test(url.hostname));
};

/** Where `{{amazonSESUnsubscribeUrl}}` leads: a host for each Region (AWS re:Post, QUgUn8jCfZRdidun5_2odz8A). */
const SES_PAGE = /^[a-z0-9-]+\.user-subscription\.com$/;

/** `/u/` and what begins as a signed token does: what mail programs add to a link does not make it another one. */
const isOurs = (path: string): boolean => path.startsWith('/u/') && beginsLikeToken(path.slice('/u/'.length));
