/** SQS refused some of a batch. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableWork';
}
