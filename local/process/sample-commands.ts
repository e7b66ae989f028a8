/**
 * Three shell commands that show what the stack does: publish an event as SES does, query the status of that email, and
 * query its recipient in another system's vocabulary.
 *
 * @param url where the stack listens
 */
export const sampleCommands = (url: string, now = new Date()): readonly string[] => {
  const at = now.toISOString();
  const event = {
    eventType: 'Delivery',
    mail: {
      timestamp: at,
      messageId: 'a-first-email',
      source: 'office@club.example',
      destination: ['ann@example.com'],
      commonHeaders: { subject: 'Welcome' },
    },
    delivery: { timestamp: at, recipients: ['ann@example.com'], smtpResponse: '250 2.0.0 OK' },
  };
  return [
    // Settling waits for the batching window: if you paste all three commands at once, the query must find the email.
    `curl -w '\\n' '${url}/local/sns' -d '${JSON.stringify(event)}' && curl -w '\\n' -X POST '${url}/local/settle'`,
    `curl -w '\\n' '${url}/v1/messages/a-first-email'`,
    `curl -w '\\n' '${url}/v1/recipients/ann@example.com?vocabulary=creatio'`,
  ];
};
