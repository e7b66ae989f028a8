/**
 * An address as a part of a path: percent-encoded once, or `~` and its base64url.
 *
 * The contract requires the second form if the address has `/`, `?` or `%` in it, because API Gateway decodes a path
 * twice and cuts it at a `?`. It is used here for all but the plainest addresses: clients differ in whether they encode
 * `'`, `!` and `*` in a path, and a signature would depend on it.
 */
export const addressInPath = (address: string): string =>
  /^[\w.+-]+@[\w.-]+$/.test(address) ? encodeURIComponent(address) : `~${base64url(address)}`;

/** Base64url of its UTF-8. Browsers only have `btoa`, which takes one character for each byte. */
const base64url = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A route with its parameters filled in. Throws a TypeError if one is missing or would change the path. */
export const writePath = (route: string, parameters: Readonly<Record<string, unknown>>): string =>
  route.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(parameters[name] ?? '');
    // A URL with `..` in it is resolved before it is sent: DELETE would reach another resource.
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`${name} is a part of a path, and must be neither empty nor dots`);
    return name === 'email' ? addressInPath(value) : encodeURIComponent(value);
  });
