/** An SQS event as Lambda delivers it to a function: one record a body, with ids `r0`, `r1` and so on. */
export const sqsEvent = (bodies: readonly string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `r${index}`,
    receiptHandle: `handle-${index}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1764000000000',
      SenderId: 'AIDA',
      ApproximateFirstReceiveTimestamp: '1764000000001',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:queue',
    awsRegion: 'eu-west-1',
  })),
});
