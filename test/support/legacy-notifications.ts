/** The same fact as a legacy identity notification tells it: no tags, and headers only where the club asked for them. */
export const asLegacy = (body: string): string => {
  const {
    eventType,
    mail: { tags: _, headers: _1, commonHeaders: _2, ...rest },
    ...others
  } = JSON.parse(body);
  return JSON.stringify({
    notificationType: eventType,
    mail: { ...rest, sourceIp: '192.0.2.1', callerIdentity: 'office' },
    ...others,
  });
};
