/**
 * Whether a link in an email leads out of a mailing list. Following one is recorded, but it is no interest in the email.
 */
export const isUnsubscribeLink = (link: string): boolean => {
  const url = URL.parse(link);
  return url !== null && (OURS.test(url.pathname) || SES_PAGE.test(url.hostname));
};

/** Where `{{amazonSESUnsubscribeUrl}}` leads: a host for each Region (AWS re:Post, QUgUn8jCfZRdidun5_2odz8A). */
const SES_PAGE = /^[a-z0-9-]+\.user-subscription\.com$/;

/** `/u/` and a signed token: HMAC-SHA256 alone has 43 characters in base64url, and no short name is taken for one. */
const OURS = /^\/u\/[A-Za-z0-9_.-]{40,}$/;
