import { setTimeout as pause } from 'node:timers/promises';
import { REGION } from './account.ts';
import type { Control } from './control.ts';
import type { Email } from './email.ts';
import { type Fault, faultOf, refuseByAccount } from './faults.ts';
import type { Identities } from './identities.ts';
import { isSimulatorAddress } from './mailbox-simulator.ts';
import { mailbox } from './recipient.ts';
import { answer, type SesAnswer, SesError, type SesRequest } from './rest-json.ts';
import { readSendEmail } from './send-email.ts';
import type { SendingLimits } from './sending-limits.ts';
import { errorNamed } from './ses-errors.ts';

/** A requested email, before SES gives it an id. */
type RequestedEmail = Awaited<ReturnType<typeof readSendEmail>>;

export type SendingParts = Readonly<{
  control: Control;
  identities: Identities;
  limits: SendingLimits;
  /** Milliseconds since 1970. */
  clock: () => number;
  isConfigurationSet: (name: string) => boolean;
  /** Accepts a valid email. */
  take: (requested: RequestedEmail, acceptedAt: number) => Email;
}>;

/**
 * SendEmail, with SES's checks in their order: whether the account may send, the quotas, the request, the verified
 * identity. Injected faults come first; a call that hangs or is dropped was accepted.
 */
export const createSendEmail = (parts: SendingParts) => {
  const { control } = parts;
  return async (request: SesRequest): Promise<SesAnswer> => {
    const settings = control.settings();
    const fault = faultOf(settings, control.nextDraw(), parts.clock());
    if (fault === 'throttled' || fault === 'failed') {
      control.count(fault);
      throw errorNamed(fault === 'failed' ? (settings.fail?.error ?? '') : 'TooManyRequestsException');
    }
    const { messageId } = await accept(request, parts).catch((error: unknown) => {
      control.count('refused');
      throw error;
    });
    control.count('taken');
    if (fault !== undefined) control.count(fault);
    return late(fault, settings.hang?.seconds ?? 0, answer({ MessageId: messageId }));
  };
};

const accept = async (request: SesRequest, parts: SendingParts): Promise<Email> => {
  const { control, identities, limits, clock } = parts;
  refuseByAccount(control.settings());
  const requested = await readSendEmail(request, parts.isConfigurationSet);
  refuseUnverified(requested, identities);
  const acceptedAt = clock();
  const counted = requested.recipients.filter(({ address }) => !isSimulatorAddress(address)).length;
  limits.take(acceptedAt, requested.recipients.length, counted, control.settings());
  return parts.take(requested, acceptedAt);
};

/** Checks both the sender in the request and the From header of a Raw message, and lists them as written (recorded). */
const refuseUnverified = ({ source, content }: RequestedEmail, identities: Identities) => {
  const from = content.headers.find(({ name }) => name.toLowerCase() === 'from')?.value ?? source;
  const failed = [...new Set([source, from])].filter((written) => !identities.covers(mailbox(written).address));
  if (failed.length === 0) return;
  throw new SesError(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region ${REGION.toUpperCase()}: ${failed.join(', ')}`,
  );
};

const late = async (fault: Fault | undefined, seconds: number, given: SesAnswer): Promise<SesAnswer> => {
  if (fault === 'hung') await pause(1_000 * seconds, undefined, { ref: false });
  return fault === 'dropped' ? { ...given, dropped: true } : given;
};
