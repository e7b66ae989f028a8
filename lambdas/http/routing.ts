import { ROUTES } from './contract.gen.ts';
import { methodNotAllowed, noRoute, type Problem } from './problem.ts';

/** Why the catch-all was reached: the path is of the contract but not with this method, or of no route at all. */
export const misrouted = (method: string, path: string): Problem => {
  const methods = ROUTES.flatMap((key) => {
    const [taken = '', template = ''] = key.split(' ');
    return matches(template, path) ? [taken] : [];
  });
  return methods.length === 0 || methods.includes(method) ? noRoute() : methodNotAllowed(methods);
};

const matches = (template: string, path: string): boolean => {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith('{') ? given[index] !== '' : part === given[index]))
  );
};
