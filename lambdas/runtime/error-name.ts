/** The name of an error, for logs and metrics: the messages of SES and the SDK may quote addresses and keys. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
