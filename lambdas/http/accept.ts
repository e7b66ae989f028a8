/**
 * Whether a request's `Accept` asks for CSV: it names `text/csv`, and not `application/json` with the same weight or
 * more (RFC 9110 section 12.5.1). A wildcard asks for JSON, the form that every answer has.
 */
export const asksForCsv = (accept: string | undefined): boolean => {
  const weights = new Map((accept ?? '').toLowerCase().split(',').map(weightOf));
  return (weights.get('text/csv') ?? 0) > (weights.get('application/json') ?? 0);
};

const weightOf = (range: string): readonly [type: string, weight: number] => {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [type, weight === undefined ? 1 : Number(weight) || 0];
};
