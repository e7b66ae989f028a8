/**
 * The variables a function needs, each by name. Missing ones are a mistake in the stack and end the function at once,
 * before it handles a record.
 * @throws Error naming every variable that is missing.
 */
export const readEnvironment = <Name extends string>(...names: readonly Name[]): Readonly<Record<Name, string>> => {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`the environment lacks ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Name, string>;
};
