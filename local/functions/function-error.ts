/** What a function failed with, as Lambda tells a caller: the error's type and message, which are the function's own words. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly errorType: string;

  constructor(errorType: string, errorMessage: string) {
    super(errorMessage);
    this.errorType = errorType;
  }
}
