import type { EmailStatusChanged } from './email-status-changed.ts';
import type { SuppressionChanged } from './suppression-changed.ts';

/** A change as it is published, by the name of its kind. docs/events.md says what a receiver may build on. */
export type StatusEvent =
  | Readonly<{ type: 'EmailStatusChanged'; detail: EmailStatusChanged }>
  | Readonly<{ type: 'SuppressionChanged'; detail: SuppressionChanged }>;
