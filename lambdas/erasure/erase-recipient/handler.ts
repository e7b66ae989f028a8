import type { Logger } from '@aws-lambda-powertools/logger';
import { serve } from '../../http/serve.ts';
import { type Dependencies, eraseRecipient } from './erase-recipient.ts';

/** Answers the route that erases a person. */
export const createHandler = ({ logger, ...dependencies }: Dependencies & { readonly logger: Pick<Logger, 'error'> }) =>
  serve<'erase-recipient'>(
    { 'DELETE /v1/recipients/{email}': eraseRecipient(dependencies) },
    { now: dependencies.now, logger },
  );
