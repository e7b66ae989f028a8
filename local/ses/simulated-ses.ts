import { createDraw, type Draw, sesId } from './chance.ts';
import { type ConfigurationSet, publishTo } from './configuration-sets.ts';
import { createControl } from './control.ts';
import type { Email } from './email.ts';
import { eventText } from './event-text.ts';
import { createIdentities } from './identities.ts';
import { createKeptMail, type KeptEmail } from './kept-mail.ts';
import { type Behaviour, simulatorBehaviour } from './mailbox-simulator.ts';
import { operations } from './operations.ts';
import { outcomesOf } from './outcomes.ts';
import { createPendingEvents } from './pending-events.ts';
import { badRequest, errorAnswer, type SesAnswer, SesError, type SesRequest } from './rest-json.ts';
import { createSendEmail } from './sending.ts';
import { createSendingLimits } from './sending-limits.ts';
import { type SesSettings, USUAL_SETTINGS } from './settings.ts';
import { createSuppressionList } from './suppression-list.ts';

export type { ConfigurationSet } from './configuration-sets.ts';
export type { Behaviour } from './mailbox-simulator.ts';
export type { SesAnswer, SesRequest } from './rest-json.ts';

export type SimulatedSesOptions = Readonly<{
  /** One entry for each event destination; several may have the same name. */
  configurationSets: readonly ConfigurationSet[];
  /** Determines who opens and clicks: the same seed and the same mail in the same order give the same events. */
  seed: string | number;
  /** Milliseconds since 1970; `Date.now` for real time. */
  clock: () => number;
  /** Where the suppression list and pending events are kept between runs; in memory without one. */
  dataFolder?: string | undefined;
  /**
   * The behavior of addresses outside the mailbox simulator; without it, or if it returns `undefined`, a person reads.
   */
  behaviourOf?: ((address: string) => Behaviour | undefined) | undefined;
  /** Initial settings that differ from the defaults. */
  settings?: Partial<SesSettings> | undefined;
}>;

export type SimulatedSes = Readonly<{
  /** Responds to a request to SESv2; `undefined` for a path that does not begin with `/v2/email/`. Never throws. */
  handle: (request: SesRequest) => Promise<SesAnswer | undefined>;
  /** Whether all events of all accepted mail are published. */
  idle: () => boolean;
  /** How many events are not yet published. */
  pending: () => number;
  /** The settings and counters. */
  show: () => object;
  /**
   * Applies a change to the settings from now on.
   *
   * @throws WrongSettings
   */
  change: (change: unknown) => void;
  /** Accepted mail, newest first, once for each recipient; only that to `address`, if it is given. */
  mailbox: (to?: string) => readonly KeptEmail[];
  /** Resumes the pending events of an earlier run on the same data folder. */
  resume: () => void;
  /** Stops publishing. Pending events are kept in the data folder, if there is one. */
  stop: () => void;
}>;

/**
 * Amazon SES as an application that sends and tracks mail sees it: the HTTP API of SESv2 (SendEmail, the suppression
 * list, identities, ListConfigurationSets, GetAccount), for an SDK client with this as its endpoint, and the events
 * that SES publishes. An email sent without a configuration set gets none, as in SES.
 *
 * Events come within a quarter of a second, from timers that do not keep the process alive. Their timestamps are the
 * clock's time of acceptance plus the delay. Nothing is sent anywhere.
 */
export const createSimulatedSes = (options: SimulatedSesOptions): SimulatedSes => {
  const { configurationSets, seed, clock, dataFolder } = options;
  const list = createSuppressionList(dataFolder);
  const usual = { ...USUAL_SETTINGS, ...options.settings };
  const identities = createIdentities(usual.identities);
  const control = createControl(usual, identities);
  const limits = createSendingLimits();
  const kept = createKeptMail();
  const events = createPendingEvents({
    ...{ clock, dataFolder },
    publish: ({ suppresses, configurationSet, eventType, text }) => {
      suppresses?.forEach(list.put);
      if (configurationSet !== undefined) publishTo(configurationSets, configurationSet, eventType, text);
    },
  });
  const behaviourOf = (address: string) => simulatorBehaviour(address) ?? options.behaviourOf?.(address);
  let accepted = 0;

  const publish = (email: Email, draw: Draw) => {
    const { configurationSet } = email;
    for (const [index, outcome] of outcomesOf(email, { reasonFor: list.reasonFor, behaviourOf, draw }).entries()) {
      const { eventType, after, suppresses } = outcome;
      events.add(`${email.messageId}/${index}`, {
        ...{ at: email.acceptedAt + after, eventType, suppresses, configurationSet },
        text: configurationSet === undefined ? '' : eventText(email, outcome),
      });
    }
  };

  const sendEmail = createSendEmail({
    control,
    identities,
    limits,
    clock,
    isConfigurationSet: (name) => configurationSets.some((set) => set.name === name),
    take: (requested, acceptedAt) => {
      accepted += 1;
      // Each email has its own random numbers, by its place in the order of sending, independent of timers and other
      // mail.
      const draw = createDraw(`${seed}\n${accepted}`);
      const email: Email = { ...requested, acceptedAt, messageId: sesId(acceptedAt, draw.uuid('message')) };
      kept.add(email);
      publish(email, draw);
      return email;
    },
  });

  const calls = operations({ sendEmail, configurationSets, identities, list, control, limits, clock });

  return {
    handle: async (request) => {
      const [, route] = /^\/v2\/email\/([^?]*)/.exec(request.path) ?? [];
      if (route === undefined) return undefined;
      const [, collection, label] = /^(suppression\/addresses|identities)\/(.+)$/.exec(route) ?? [];
      const call = calls[`${request.method} ${collection === undefined ? route : `${collection}/{}`}`];
      try {
        if (call === undefined) throw unknownOperation(request);
        return await call(request, decode(label ?? ''));
      } catch (error) {
        return errorAnswer(error);
      }
    },
    idle: () => events.pending() === 0,
    pending: events.pending,
    show: () => ({
      ...control.settings(),
      identities: Object.fromEntries(identities.entries().map(({ name, verified }) => [name, verified])),
      calls: control.calls(),
      busiestSecond: limits.busiestSecond(),
      sentLast24Hours: limits.last24Hours(clock()),
    }),
    change: control.change,
    mailbox: kept.items,
    resume: events.resume,
    stop: events.stop,
  };
};

const unknownOperation = ({ method, path }: SesRequest) =>
  new SesError('UnknownOperationException', `The simulated SES has no operation ${method} ${path}.`, 404);

const decode = (label: string): string => {
  try {
    return decodeURIComponent(label);
  } catch {
    throw badRequest(`'${label}' is not percent-encoded.`);
  }
};
