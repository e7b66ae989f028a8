import type { Draw } from './chance.ts';
import type { Behaviour } from './mailbox-simulator.ts';
import type { Reason, SuppressedDestination } from './suppression-list.ts';

export type EventType =
  | 'Send'
  | 'Delivery'
  | 'Bounce'
  | 'Complaint'
  | 'Reject'
  | 'Open'
  | 'Click'
  | 'Rendering Failure';

/** A future event. */
export type Outcome = Readonly<{
  eventType: EventType;
  /** Milliseconds after the email was accepted. */
  after: number;
  /** The value of the event's own key. */
  body: object;
  /** The entry that SES adds to the suppression list at that time. */
  suppresses?: readonly SuppressedDestination[];
}>;

/** The state on which the outcome depends. */
export type World = Readonly<{
  /** The reason for which the account's suppression list has an address. */
  reasonFor: (address: string) => Reason | undefined;
  /** The simulator behavior of an address; `undefined` for an address that a person reads. */
  behaviourOf: (address: string) => Behaviour | undefined;
  /** The email's own random numbers. */
  draw: Draw;
}>;
