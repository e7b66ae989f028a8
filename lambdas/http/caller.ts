/**
 * Who asks. By a token, whom it is about, or which program it was given to; by IAM, the role or user without the name of
 * the session, which a role's next one has not; where nobody is asked, as on the local stack, nobody in particular.
 */
export const callerOf = (context: object): string => {
  const { authorizer } = context as Authorized;
  const { sub, client_id: program } = authorizer?.jwt?.claims ?? {};
  const identity = sub ?? program ?? authorizer?.iam?.userId?.split(':')[0];
  return identity === undefined ? 'anybody' : String(identity);
};

/** What API Gateway tells of a caller (API Gateway guide, http-api-develop-integrations-lambda). */
type Authorized = Readonly<{
  authorizer?: Readonly<{
    jwt?: Readonly<{ claims?: Readonly<Record<string, unknown>> }>;
    iam?: Readonly<{ userId?: string }>;
  }>;
}>;
