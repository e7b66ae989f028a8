import type { Words } from './status-meanings.ts';
import type { Status } from './statuses.ts';
import type { Vocabulary } from './vocabulary-labels.ts';

/** A system's own texts about some statuses; Mailtrail's texts are used for all others. */
type OwnWords = Readonly<{ [S in Status]?: Partial<Words> }>;

/** ClinicSense, "Understanding email delivery statuses": its next steps. */
const WAIT = { nextStep: 'Wait a few minutes. If it stays like this for more than 10 minutes, contact support.' };
const SKEWED = { nextStep: 'Open and click rates may be skewed by privacy and firewall settings.' };
const CORRECT = { nextStep: "Check that the client's email address is up to date and typed correctly." };
const SPAM_LIST = 'If a spam report was made by mistake, the client can ask support to be taken off the spam list.';

const CLINICSENSE: OwnWords = {
  queued: WAIT,
  sending: WAIT,
  sent: WAIT,
  deferred: { nextStep: 'There is nothing for you to do: we keep trying to send it. Check back later.' },
  delivered: {
    nextStep:
      'If the client says that they did not receive it, ask them to check their junk, spam and promotions folders. If it is not there, ask them to contact their email provider, who knows where it went.',
  },
  opened: SKEWED,
  read: SKEWED,
  clicked: SKEWED,
  bounced_soft: CORRECT,
  bounced_undetermined: CORRECT,
  bounced_hard: CORRECT,
  invalid_address: CORRECT,
  suppressed: { nextStep: `${CORRECT.nextStep} ${SPAM_LIST}` },
  complained: { nextStep: SPAM_LIST },
};

/** Creatio, "Personal responses". */
const CREATIO: OwnWords = {
  bounced_soft: {
    nextStep:
      'In most cases you can send it again, for example in another campaign. An address that often gets this response may no longer be in use.',
  },
};

/** Tipimail's users wait a day; SES has given up by then. */
const TIPIMAIL: OwnWords = {
  deferred: {
    nextStep: 'Nothing to do yet: delivery is tried again. If nothing has changed after 24 hours, check the address.',
  },
};

export const OWN_WORDS: Readonly<Record<Vocabulary, OwnWords>> = {
  mailtrail: {},
  clubspot: {},
  clinicsense: CLINICSENSE,
  creatio: CREATIO,
  commusoft: {},
  tipimail: TIPIMAIL,
};

/** Creatio documents for every response whether it is final or can be replaced by one of higher priority. */
export const finality = (vocabulary: Vocabulary, final: boolean): string => {
  if (vocabulary !== 'creatio') return '';
  return final ? ' This response is final.' : ' A later response can replace this one.';
};
