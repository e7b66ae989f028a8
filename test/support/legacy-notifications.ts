/** The same fact as a legacy identity notification: no tags, and headers only if the club enabled them. */
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
