import type { FiledFact } from '../attribution.ts';
import type { SuppressionChange } from '../suppression-change.ts';

/** What one event tells: facts about emails, and what they change for an address. */
export type WhatHappened = Readonly<{ facts: readonly FiledFact[]; suppressions?: readonly SuppressionChange[] }>;
