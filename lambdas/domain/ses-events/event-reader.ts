import type { Json } from '../values/json.ts';
import type { FiledFact } from './attribution.ts';
import type { Message } from './mail.ts';
import type { SuppressionChange } from './suppression-change.ts';

/** The content of one event: facts about emails, and what they change for an address. */
export type WhatHappened = Readonly<{ facts: readonly FiledFact[]; suppressions?: readonly SuppressionChange[] }>;

/**
 * Reads one type of event.
 * @param arrivedAt ISO 8601: when SNS received the event; it is the same in repeats and dead letters
 */
export type EventReader = (event: Json, message: Message, arrivedAt: string) => WhatHappened;
