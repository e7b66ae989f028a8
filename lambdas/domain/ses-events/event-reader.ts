import type { Json } from '../values/json.ts';
import type { FiledFact } from './attribution.ts';
import type { Message } from './mail.ts';
import type { SuppressionChange } from './suppression-change.ts';

/** What one event tells: facts about emails, and what they change for an address. */
export type WhatHappened = Readonly<{ facts: readonly FiledFact[]; suppressions?: readonly SuppressionChange[] }>;

/**
 * Reads one type of event.
 * @param arrivedAt ISO 8601: when SNS took the event, which repeats and dead letters carry too
 */
export type EventReader = (event: Json, message: Message, arrivedAt: string) => WhatHappened;
