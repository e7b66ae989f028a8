/** Later than every event of the fixtures. */
export const QUEUED_AT = '2027-01-01T00:00:00.000Z';

/**
 * An SQS event as Lambda passes it to a function: one record per body, with ids `r0`, `r1` and so on.
 * @param queuedAt ISO 8601: when SQS received the records
 */
export const sqsEvent = (bodies: readonly string[], queuedAt = QUEUED_AT) => ({
  Records: bodies.map((body, index) => ({
    messageId: `r${index}`,
    receiptHandle: `handle-${index}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.parse(queuedAt)),
      SenderId: 'AIDA',
      ApproximateFirstReceiveTimestamp: String(Date.parse(queuedAt) + 1),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:queue',
    awsRegion: 'eu-west-1',
  })),
});
