/**
 * An address as a part of a path: percent-encoded once, or `~` and its base64url.
 *
 * The contract asks for the second form where the address has `/`, `?` or `%` in it, since API Gateway decodes a path twice
 * and cuts it at a `?`. It is given to all but the plainest addresses here: where `'`, `!` or `*` stand in a path, programs
 * differ in whether they encode them, and a signature would depend on it.
 */
export const addressInPath = (address: string): string =>
  /^[\w.+-]+@[\w.-]+$/.test(address) ? encodeURIComponent(address) : `~${base64url(address)}`;

/** Of its UTF-8. Browsers have `btoa` only, which takes one character for each byte. */
const base64url = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A route with its parameters in place. Throws a TypeError where one is missing, or would make another path of it. */
export const writePath = (route: string, parameters: Readonly<Record<string, unknown>>): string =>
  route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(parameters[name] ?? '');
    // A URL that has `..` in it is resolved before it is sent: DELETE would reach something else.
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`${name} is a part of a path, and must be neither empty nor dots`);
    return name === 'email' ? addressInPath(value) : encodeURIComponent(value);
  });
