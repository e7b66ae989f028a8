/** For how long a FIFO queue drops a repeat, in milliseconds (SQS guide, using-messagededuplicationid-property). */
const REMEMBERED = 300_000;

type Grouped = Readonly<{ group?: string | undefined }>;

/** The state of a FIFO queue besides its messages: groups with a message in progress, and recent deduplication ids. */
export class MessageGroups {
  readonly #underWay = new Map<string, number>();
  readonly #sent = new Map<string, Readonly<{ id: string; at: number }>>();

  /** While a message of a group is in progress, no other message of it can be received. */
  isFree(group: string | undefined): boolean {
    return group === undefined || !this.#underWay.has(group);
  }

  take(messages: readonly Grouped[]): void {
    for (const { group } of messages) {
      if (group !== undefined) this.#underWay.set(group, (this.#underWay.get(group) ?? 0) + 1);
    }
  }

  release(messages: readonly Grouped[]): void {
    for (const { group } of messages) {
      if (group === undefined) continue;
      const left = (this.#underWay.get(group) ?? 1) - 1;
      if (left > 0) this.#underWay.set(group, left);
      else this.#underWay.delete(group);
    }
  }

  /** The id of the first message with this deduplication id within the deduplication interval. */
  firstWith(deduplicationId: string, id: string, now: number): string {
    // In the order of arrival: the first recent one ends the search.
    for (const [old, { at }] of this.#sent) {
      if (at > now - REMEMBERED) break;
      this.#sent.delete(old);
    }
    const known = this.#sent.get(deduplicationId);
    if (known === undefined) this.#sent.set(deduplicationId, { id, at: now });
    return known?.id ?? id;
  }
}
