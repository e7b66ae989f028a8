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

/** An event that will be published. */
export type Outcome = Readonly<{
  eventType: EventType;
  /** Milliseconds after the email was accepted. */
  after: number;
  /** What stands under the event's own key. */
  body: object;
  /** What goes on the suppression list when this happens, as SES does by itself. */
  suppresses?: readonly SuppressedDestination[];
}>;

/** What the simulation knows of the world. */
export type World = Readonly<{
  /** Why the account's own list holds an address. */
  reasonFor: (address: string) => Reason | undefined;
  /** How an address behaves; `undefined` for one where a person reads. */
  behaviourOf: (address: string) => Behaviour | undefined;
  /** This email's own chance. */
  draw: Draw;
}>;
